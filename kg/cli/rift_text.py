"""What ``kg rift --explain`` prints; ``docs/reference/measures.md`` holds it word for word."""

from __future__ import annotations

__all__ = ["RIFT"]

RIFT = """\
How two sides stand towards each other, and how sure that is.

Tone of a pair: r = (K - C) / (K + C + 2 alpha), from -1 to 1. K and C are the masses of its
cooperative and its conflictual acts, |intensity| x confidence each (Goldstein's scale, 1992); alpha
(--alpha, 5 points) pulls a pair with few acts towards 0. An act counts once, however many stories
tell it; further stories give it no more weight, unlike in kg network and kg timeline. Acts without
a sign, such as consultations, do not count.

Tone between sides: each pair p of members has a fixed share w_p: its share of the evidence between
the sides over all time in the store (--weights evidence), or the same for all (--weights equal).
The shares are the same in every period, so that a period in which one member is in the news is not
taken for a change between the sides. The tone T solves T = sum of w_p (K_p - C_p + 2 alpha T) /
(K_p + C_p + 2 alpha): thinly reported pairs are pulled towards their block. It equals the tone of
masses calibrated pair by pair (the combined ratio estimator of stratified samples, Cochran 1977;
pulling towards the common mean: Efron and Morris 1975), and is then pulled towards 0 as a pair is.
Both directions are told apart; a joint act counts in both. Asymmetry is their difference.

Rift: R = (tone inside the left + tone inside the right) / 2 - tone between them, from -2 to 2: a
difference in differences, in which "the news got darker everywhere" cancels. A side that is a
single party has no inside; then R compares with the inside of the other side alone, and where
neither has one, or too little is known of it, only the tone is told, and a note says so.

Interval: the middle 95 % of a Bayesian bootstrap over stories (Rubin 1981), with half a typical
story of cooperation and half of conflict added at random (Jeffreys' prior). Acts that one story
tells stand and fall together. The interval is of the tone that unlimited reporting would show; the
figure itself is pulled towards 0, so it need not lie in the middle.

Age: with --half-life D the mass of an act counts times 2^(-age / D), the age in days from the last
day it can have happened on to the end of the period (without one, to the last act of all). Undated
acts and those older than 30 half-lives are left out. The shares of the pairs, the windows of --by,
the changes, the trend and the surprise know of no age. Alpha stays, so that what is only remembered
is pulled towards 0.

Abstention: below 5 signed acts in 5 stories nothing is said.

Changes: of the monthly tone (weekly, where there are less than 12 months), each month pulled by
alpha towards the whole. Places by least squares with ruptures, jump = 1 (Truong, Oudre and Vayatis
2020); where one change is not clear, two at once are tried. p is the greater of two: permutation
of blocks of months, and series with the same first-order dependence; the date's interval is a
bootstrap of blocks of residuals. Coverage decides the power: without a change reported there may
still be one. Trend: weighted slope per year; its interval knows of stories, not of dependence
between months.

Drivers: what each issue adds to the tone; the parts sum to it. Shapley values (Shapley 1953) with
up to 12 issues, else each issue's share of the numerator. An act with several issues is divided.
Acts that move the tone most: the tone less what it is without the act. Sources: the lowest and the
highest tone with one source left out in turn. In all three the weights of the pairs are held;
--without computes everything anew.

Surprise: of the pair's share of conflict, against the null model of Hao and Kovács 2024, that keeps
how many acts each pair has and how conflictual everybody is overall; z with the variance multiplied
for acts of one story.

All pairs (no PAIR given): tone, interval and surprise of each; q is the p-value of a tone of 0,
corrected for the number of pairs (Benjamini and Hochberg 1995): of the pairs with q up to 0.05
about 5 % are expected to be wrong.

Data: realised acts (others with --status), each once however many documents and feeds tell it, as
people judged them. An act counts in a period when all days it can have happened on lie in it;
undated ones only without a period.

Limits: what is not reported is not there. The interval knows the chance of which stories there are,
not a bias that all sources share, nor mistakes of the reader that repeat. Membership is that of
each act's day. Where a tone lingers for many months, change points come up more often than 5 %."""
