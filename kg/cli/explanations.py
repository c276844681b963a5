"""What --explain prints: formula, source, data and limits of every measure over a store.

``docs/reference/measures.md`` holds the same texts, word for word.
"""

from __future__ import annotations

from kg.cli.rift_text import RIFT

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

BALANCE = """\
Frustration: the least weight of ties to remove or reverse so that the network falls into camps.

  L = min over divisions of  sum of |w| over positive ties between camps
                             + sum of |w| over negative ties within a camp

Two camps (--camps 2): structural balance; Harary 1959; Aref and Wilson 2018, 2019.
At most K camps (--camps K) or any number (--camps free): weak balance; Davis 1967; Doreian and
Mrvar 1996, whose criterion with alpha = 0.5 is L / 2.

Bound: every inconsistent cycle (two camps: negative product of signs; otherwise: exactly one
negative tie) holds a frustrated tie. Amounts of cycles that together stay within the weight of
every tie add up to a lower bound. Where that falls short of L, cases are distinguished: two nodes
together, or apart. --certificate FILE writes the cycles; --verify FILE adds them up in exact
arithmetic. With K of 3 or more the solver may prove more than the cycles do.

Degree of balance: 1 - 2 L / W, W being the sum of |w| (Aref and Wilson 2018).
Side: "decided" when every best division puts a node on the same side as the largest group of its
connected part that always keeps together; "undecided" when another best division does not.
Triads: Heider 1946, Cartwright and Harary 1956. Walks: tr exp(A) / tr exp(|A|), Estrada and Benzi
2014. Multiscale: strong balance B(beta), Talaga et al. 2023.

Chance: the null model of Hao and Kovács 2024 keeps who is tied to whom and how many positive and
negative ties everybody has on average (signs of maximum entropy; sizes of weights stay). z and
percentile place L among its samples; all values come from one search, so L here may exceed the
proven one. Against signs that are merely shuffled nearly every network looks balanced.
Support: the mean share of 200 bootstrap replicates in which a node is with the other members of its
camp that it is connected with. Drawn anew are the stories of a store, the ties of an edge file.

Data: with --edges, rows of source,target and sign or weight; rows of one pair, direction and sign
are added up, rows of opposite sign stay two ties. Without --edges, the store: the weights of
kg network.

Limits: directions do not matter to the frustration. Camps are found even where there are none:
look at chance and support. How unconnected parts face each other is arbitrary. A tie of the
store rests on what was read, and coverage is uneven. Random signs on more than about 400 ties may
outlast the time limit; the answer then is a value with a proven bound."""

CAMPS = f"""\
Who stands in which camp: the division at the least frustration (see kg balance --explain).

{_MASS}
Weight of a tie: w = K - C, the mass of the cooperative acts of the pair less that of the
conflictual ones.
Support: the mean share of 200 bootstrap replicates over stories in which a party is with the other
members of its camp that it is connected with. Below about 0.8 its side is doubtful.
Weight inside, across: weight of its cooperative ties with its own camp and with others.
Betweenness: share of the shortest ways between others that lead over it, in the cooperative ties
alone, with 1 / w as their length (Freeman 1977; Newman 2001); from a sample of sources where there
are many ties (Brandes and Pich 2007). Brokers rank high in it.
Holds together: into how many more parts the cooperation inside its camp falls without it. The JSON
lists the bridges: cooperative ties that alone join two parts.

Over time (--by, --window): each window is divided by itself. Camps of neighbouring windows are
matched so that as many parties as possible stay; a matched camp keeps its number, one that shares
nobody with an earlier one gets a new number. As before: the adjusted Rand index (Hubert and Arabie
1985) with the window before, over the parties in both: 1 the same division, about 0 chance.

{_DATA}

Limits: camps are found even where there are none: kg balance compares with chance. How unconnected
parts face each other is arbitrary, so that a party may change camps without having done anything.
Windows with few acts give camps that mean little."""

COHESION = f"""\
How well a bloc keeps together. Who is a member is judged by the day of each act.

{_MASS}
{_TONE}
Tone inside: the mean of r over the pairs of members that dealt with each other, each pair counting
once, so that coverage does not set the weights. The interval holds 95 % of the bootstrap replicates
over stories.
Stance of a member: r of what it did to outsiders, or to one of them (--toward); none below 3 signed
acts. Line: the mean stance of the other members. Deviation: stance less line; a positive one is
friendlier to outsiders than the others are.
For, neutral, against: members with a stance of at least 0.1, in between, of at most -0.1.
Rice (1925): |for - against| / (for + against). Agreement (Hix, Noury and Roland 2005):
(max - (n - max) / 2) / n, max being the largest of the three groups and n all with a stance.
Those who speak for the bloc's own institutions count as one member, under its name.

{_DATA}

Limits: members that nobody wrote about are missing. A stance is what was reported of a member's
acts, not how it votes; with few acts it stays near 0, and so does the deviation. The interval holds
the uncertainty of what was read, not that of what was never reported."""

EXPLANATIONS: dict[str, str] = {
    "network": NETWORK,
    "timeline": TIMELINE,
    "diff": DIFF,
    "balance": BALANCE,
    "camps": CAMPS,
    "cohesion": COHESION,
    "rift": RIFT,
}
