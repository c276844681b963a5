"""What the models of sides see of somebody beside an act: path, place, rivals, earlier acts."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from kg.extraction.learned.kinds import Kinds

__all__ = ["REMEMBERED", "Parties", "Told"]

Told = tuple[frozenset["Hashable"], frozenset["Hashable"], str]
"""An act told before: who did it, to whom, and its class."""

REMEMBERED = 12
"""So many acts told before are evidence for the sides of the next."""

_LONGEST_PATH = 6
_TAIL = 80  # last tokens of such a sentence that count
_BACK = 4  # sentences before in which a side may have been named last


class Parties:
    """Candidates for the sides of acts in one document, and their features."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds, self.tree = kinds, kinds.tree
        tokens = range(len(self.tree))
        self._actors_before = [0, *accumulate(kinds.acts(k) for k in tokens)]
        self._verbs_before = [0, *accumulate(self.tree.pos[k] == "VERB" for k in tokens)]

    def candidates(self, i: int) -> list[int]:
        """Tokens that may name a side of the act at ``i``.

        All nominals of its sentence; before that, the last mention of everybody else.
        """
        tree, kinds = self.tree, self.kinds
        first, last = kinds.window(i)
        found = [j for j in range(first, last) if j != i and kinds.may_be_side(j)]
        actors = tree.annotated.actors
        here = {x for j in found for x in actors.get(j, ())}
        number = tree.sentence[i]
        for n in range(number - 1, max(number - 1 - _BACK, -1), -1):
            before = tree.annotated.sentences[n]
            for j in range(before.last - 1, max(before.first, before.last - _TAIL) - 1, -1):
                ids = actors.get(j, ())
                if kinds.acts(j) and not here.issuperset(ids):
                    here.update(ids)
                    found.append(j)
        return found

    def alone(self, i: int, top: str, j: int) -> list[str]:
        """Features of token ``j`` beside the act of class ``top`` that token ``i`` names."""
        tree, kinds = self.tree, self.kinds
        path, summit = self._path(i, j)
        lemma, part, label = tree.lemma[i], tree.pos[i], tree.label[j]
        kind = kinds.known[j] or "noun"
        order = "<" if j < i else ">"
        low, high = min(i, j) + 1, max(i, j)
        actors = min(self._actors_before[high] - self._actors_before[low], 2)
        verbs = min(self._verbs_before[high] - self._verbs_before[low], 2)
        cases = "/".join(sorted(tree.cases(j))) or "-"
        passive = "P" if part == "VERB" and tree.is_passive(i) else ""
        far = next(str(n) for n in (20, 8, 3, 1, 0) if high - low >= n)
        same = tree.sentence[i] == tree.sentence[j]
        word = {"pron": tree.lower[j], "noun": tree.lemma[j]}.get(kind, kind)
        head = kinds.word(tree.head[j])
        after = kinds.word(j + 1) if j + 1 < len(tree) else ""
        before = kinds.word(j - 1) if j else ""
        return [
            f"P={path}{passive}",
            f"P={path}{passive}|{top}",
            f"P={path}{passive}|{lemma}",
            f"PE={path}{passive}/{summit}",
            f"PP={path}{passive}|{part}",
            f"K={kind}",
            f"K={kind}|{top}",
            f"W={word}",
            f"W={word}{order}|{top}",
            f"O={order}{far}",
            f"O={order}{far}|{top}",
            f"O={order}{far}|{part}",
            f"O={order}{actors}{verbs}",
            f"O={order}{actors}{verbs}|{top}",
            f"O={order}{actors}|{lemma}",
            f"C={cases}{order}",
            f"C={cases}{order}|{top}",
            f"C={cases}{order}|{lemma}",
            f"C={cases}|{path}",
            f"D={label}{order}",
            f"D={label}{order}|{top}",
            f"D={label}{order}|{lemma}{passive}",
            f"D={label}{order}{passive}|{part}",
            f"H={head}/{label}",
            f"HL={head}/{label}|{top}",
            f"S={same}{order}",
            f"S={same}{order}|{top}",
            f"N={after}{order}",
            f"B={before}{order}",
            f"B={before}{order}|{lemma}",
            f"KO={kind}{order}{actors}|{part}",
        ]

    def among(
        self,
        i: int,
        top: str,
        candidates: Sequence[int],
        actor: int | None,
        chosen: Sequence[int],
    ) -> list[list[str]]:
        """Features of those chosen among all candidates, once token ``actor`` is known to act."""
        tree, number = self.tree, self.tree.sentence[i]
        rank, inside, away = self._ranks(i, candidates, actor)
        doer = self.kinds.known[actor] if actor is not None else "none"
        lemma, noun = tree.lemma[i], tree.pos[i] == "NOUN"
        crowd = f"{min(inside, 3)}/{min(away, 2)}"
        rows = []
        for j in chosen:
            place, kind, label = rank.get(j, "x"), self.kinds.known[j] or "noun", tree.label[j]
            back = min(number - tree.sentence[j], 4)
            found = [
                f"R={place}",
                f"R={place}|{top}",
                f"R={place}|{lemma}",
                f"R={place}/{crowd}",
                f"R={place}/{crowd}|{top}",
                f"KK={doer}/{kind}",
                f"KK={doer}/{kind}|{top}",
                f"Z={back}",
                f"Z={back}/{inside > 0}|{top}",
                f"ZL={back}/{label}",
                f"ZK={back}/{kind}/{inside > 0}",
            ]
            if actor is not None:
                home = self._allied(actor, j)
                found += [f"L={home}", f"L={home}|{top}", f"L={home}/{place}"]
                path, _ = self._path(actor, j)
                side = "=" if j == actor else "<" if j < actor else ">"
                found += [f"A={path}", f"A={path}{side}|{top}", f"AS={side}/{place}"]
            if noun:
                cases = "/".join(sorted(tree.cases(j)))
                found += [f"nR={place}/{label}", f"nR={place}/{cases}"]
            rows.append(found)
        return rows

    def _allied(self, actor: int, j: int) -> str:
        """Whether a candidate speaks for the same state or bloc as who acts."""
        cast = self.kinds.cast
        one, two = set(cast.at(actor)), set(cast.at(j))
        return "?" if not one or not two else str(cast.allied(one, two))

    def _ranks(
        self, i: int, candidates: Sequence[int], actor: int | None
    ) -> tuple[dict[int, str], int, int]:
        """The rank of each who may act by nearness, how many are in the sentence, how many not."""
        number = self.tree.sentence[i]
        acting = [j for j in candidates if self.kinds.acts(j) and j != actor]
        inside = [j for j in acting if self.tree.sentence[j] == number]
        away = [j for j in acting if self.tree.sentence[j] != number]
        after = sorted(j for j in inside if j > i)
        before = sorted((j for j in inside if j < i), reverse=True)
        rank = {j: f">{min(n, 3)}" for n, j in enumerate(after)}
        rank.update((j, f"<{min(n, 3)}") for n, j in enumerate(before))
        rank.update((j, f"-{min(n, 3)}") for n, j in enumerate(away))
        return rank, len(inside), len(away)

    def nobody(self, i: int, top: str) -> list[str]:
        """Features of the case that nobody who is named is the side."""
        tree = self.tree
        kids = sorted({tree.label[k] for k in tree.kids[i]})
        return [
            "NULL",
            f"NULL|{top}",
            f"NULL|{tree.lemma[i]}",
            f"NULL|{tree.pos[i]}/{tree.label[i]}",
            *(f"NULLk={label}" for label in kids),
            *(f"NULLk={label}|{top}" for label in kids),
        ]

    @staticmethod
    def history(
        top: str,
        who: frozenset[Hashable],
        actor: frozenset[Hashable],
        told: Sequence[Told],
    ) -> list[str]:
        """Features of somebody as a side, from the acts told before; ``actor`` when he is known."""
        if not told:
            return ["H0", f"H0|{top}"]
        last = told[-1]
        roles = f"{_role(who, last)}{_role(actor, last)}"
        found = [f"H1={roles}", f"H1={roles}|{top}", f"H1={roles}|{last[2]}"]
        own = next((t for t in reversed(told) if actor and actor & (t[0] | t[1])), None)
        roles = f"{_role(who, own)}{_role(actor, own)}" if own else "none"
        found += [f"H2={roles}", f"H2={roles}|{top}"]
        done = min(sum(1 for t in told if who & t[0]), 2)
        borne = min(sum(1 for t in told if who & t[1]), 2)
        found += [f"H3={done}{borne}", f"H3={done}{borne}|{top}"]
        if actor:
            answer = any(who & t[0] and actor & t[1] for t in told)
            again = any(who & t[1] and actor & t[0] for t in told)
            found += [f"H4={answer}{again}", f"H4={answer}{again}|{top}"]
        return found

    def _path(self, i: int, j: int) -> tuple[str, str]:
        """Labels from ``i`` up and down to ``j``, and the word at the top of the way."""
        tree = self.tree
        if tree.sentence[i] != tree.sentence[j]:
            return "away", ""
        up, down = [i, *tree.ancestors(i)], [j, *tree.ancestors(j)]
        places = {node: n for n, node in enumerate(up)}
        for n, node in enumerate(down):
            if node in places:
                rise = [f"^{tree.label[k]}" for k in up[: places[node]]]
                fall = [f"v{tree.label[k]}" for k in reversed(down[:n])]
                if len(rise) + len(fall) > _LONGEST_PATH:
                    return f"far{min(len(rise), 5)}/{min(len(fall), 5)}", ""
                return "".join(rise + fall), tree.lemma[node] if node != i else ""
        return "apart", ""


def _role(who: frozenset[Hashable], told: Told) -> str:
    done, borne = bool(who & told[0]), bool(who & told[1])
    return "b" if done and borne else "s" if done else "t" if borne else "-"
