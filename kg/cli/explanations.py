"""What --explain prints: formula, source, data and limits of every measure over a store.

``docs/reference/measures.md`` holds the same texts, word for word.
"""

from __future__ import annotations

__all__ = ["EXPLANATIONS"]

_MASS = """\
Mass of an act: m = |intensity| x confidence x 2 s / (s + 1), s being the number of independent
stories that tell it (copies of one report count once): one story counts 1, two 4/3, any number
less than 2. Intensity after Goldstein 1992, for our own event types; confidence of the surest
mention."""

_TONE = """\
Tone of a pair: r = (K - C) / (K + C + 2 alpha), K and C the masses of its cooperative and its
conflictual acts, alpha = 5 points of intensity: a pair with few acts stays near 0."""

_DATA = """\
Data: realised acts, each once however many documents tell it, as people judged them. An act counts
in a period when all days it can have happened on lie in it; undated ones only without a period."""

NETWORK = f"""\
The signed network of a period: one tie for each pair of parties.

{_MASS}
With --half-life D: m x 2^(-age / D), the age in days from the last day the act can have happened to
the end of the period (without one: to the latest act).
Weight of a tie: w = K - C, the mass of the cooperative acts of the pair less that of the
conflictual ones, rounded to thousandths. Contested: 4 K C / (K + C)^2.
{_TONE}
Forth and back: the weight of what the first party did to the second, and the other way round; a
joint act counts in both. Inside: the weight of the acts while both were members of the EU.

{_DATA}

Limits: no tie is drawn below --min-events and --min-sources. Sums grow with coverage, so weights of
different periods or of much and little reported pairs do not compare; tones do better. A pair that
nobody wrote about has no tie, which is not indifference."""

TIMELINE = f"""\
A pair, window by window.

{_MASS}
{_TONE}
Sign: that of K - C, when there are --min-events acts and --min-sources sources. A tie turns when
its sign is not that of the last window that had one; the acts of the new sign are the reason given.

{_DATA} What is dated too coarsely for a window is left out and counted in a note.

Limits: a turn may rest on a single act; raise --min-events, and look at the sources. Sliding
windows share acts, so neighbours are not independent. No window is a change point: a run of turns
may be chance."""

DIFF = f"""\
Two signed networks, of the days up to either date, compared tie by tie.

{_MASS}
Weight of a tie: w = K - C. Flipped: the sign changed. Appeared, ended: only one of the two windows
has the tie. Warmer, colder: same sign, and the tone moved by at least 0.05.
{_TONE}
The acts behind a change: those of the later window on the side it moved to, heaviest first; for a
tie that ended, those of the earlier window.

{_DATA}

Limits: a tie ends when nothing more was read about it, which need not mean that nothing happened.
When the windows overlap, what lies in both counts for both."""

EXPLANATIONS: dict[str, str] = {"network": NETWORK, "timeline": TIMELINE, "diff": DIFF}
