"""What the model of acts sees of a word: itself, its neighbours, its place in the clause."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kg.extraction.events.words import words
from kg.extraction.learned.kinds import CONTENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extraction.frames import Lexicon
    from kg.extraction.learned.expressions import Expressions
    from kg.extraction.learned.kinds import Kinds
    from kg.reference.schemes import EventType

__all__ = ["Wordings"]

_OPENED = words("ccomp xcomp advcl acl acl:relcl parataxis obj obl nsubj nmod")
_DEEPEST = 60  # dependents in which judgements are looked for
_PARTS = {"VERB": "verb", "ADJ": "adjective"}


class Wordings:
    """Features of words as names of acts, in one document.

    Args:
        kinds: what stands where.
        lexicon: its frames and judgement words are evidence, too.
        types: event types by notation.
        expressions: which classes words and phrases usually tell.
    """

    def __init__(
        self,
        kinds: Kinds,
        lexicon: Lexicon,
        types: Mapping[str, EventType],
        expressions: Expressions,
    ) -> None:
        self.kinds, self.tree = kinds, kinds.tree
        self.lexicon, self.types, self.expressions = lexicon, types, expressions

    def of(self, i: int) -> list[str]:
        """All features of the word at token ``i``; "x|lemma" stands for x with this very word."""
        tree = self.tree
        lemma, label, pos = tree.lemma[i], tree.label[i], tree.pos[i]
        return [
            f"l={lemma}",
            f"w={tree.lower[i]}",
            f"lp={lemma}/{pos}",
            f"t={tree.tag[i]}",
            f"d={label}",
            f"pd={pos}/{label}",
            f"s={lemma[-4:]}",
            f"p={lemma[:4]}",
            *self._around(i, lemma),
            *self._below(i, lemma),
            *self._above(i, lemma),
            *self._frames(i),
            *self.expressions.features(tree, i),
            *self._judgements(i, lemma),
            *self._company(i, lemma),
        ]

    def _around(self, i: int, lemma: str) -> list[str]:
        first, last = self.kinds.window(i)
        found = []
        for step in (-2, -1, 1, 2):
            j = i + step
            word = self.kinds.word(j) if first <= j < last else "<>"
            found += [f"n{step}={word}", f"n{step}={word}|{lemma}"]
        following = "_".join(self.kinds.word(j) for j in range(i + 1, min(i + 3, last)))
        found.append(f"nn={following}|{lemma}")
        return found

    def _below(self, i: int, lemma: str) -> list[str]:
        tree, found, seen = self.tree, [], set()
        for k in tree.kids[i]:
            label, word, kind = tree.label[k], self.kinds.word(k), self.kinds.known[k]
            seen.add(label)
            found += [f"k={label}/{word}", f"kl={label}|{lemma}", f"klw={label}/{word}|{lemma}"]
            for case in sorted(tree.cases(k)):
                found += [f"c={case}/{kind}", f"cl={case}|{lemma}", f"clk={case}/{kind}|{lemma}"]
            if label in _OPENED:
                for g in tree.kids[k]:
                    if tree.pos[g] in CONTENT or self.kinds.known[g]:
                        inner = self.kinds.word(g)
                        found += [f"g={label}/{inner}", f"gl={label}/{inner}|{lemma}"]
        found += [f"no={label}" for label in ("nsubj", "obj") if label not in seen]
        if tree.pos[i] == "VERB" and tree.is_passive(i):
            found += ["passive", f"passive|{lemma}"]
        if tree.negated(i):
            found += ["negated", f"negated|{lemma}"]
        return found

    def _above(self, i: int, lemma: str) -> list[str]:
        tree, head, label = self.tree, self.tree.head[i], self.tree.label[i]
        if head == i:
            return ["root", f"root|{lemma}"]
        word = self.kinds.word(head)
        found = [f"h={label}/{word}", f"hl={label}/{word}|{lemma}", f"hp={label}/{tree.pos[head]}"]
        for case in sorted(tree.cases(i)):
            found += [f"oc={case}", f"oc={case}|{lemma}"]
        for k in tree.kids[head]:
            if k != i and tree.label[k] in ("nsubj", "obj", "nsubj:pass"):
                found.append(f"sib={tree.label[k]}/{self.kinds.word(k)}/{label}")
                found.append(f"sibk={tree.label[k]}/{self.kinds.known[k]}|{lemma}")
        return found

    def _frames(self, i: int) -> list[str]:
        """Frames of the lexicon that the word may head, whether or not they hold."""
        tree, heads = self.tree, self.lexicon.heads
        part = _PARTS.get(tree.pos[i], "noun")
        found = set()
        for frame, expression in heads.get(tree.lower[i]) or heads.get(tree.lemma[i]) or ():
            same = "=" if frame.part == part else "~"
            longer = "+" if expression.size > 1 else ""
            asks = "?" if frame.specific else ""
            found.add(f"f={same}{longer}{asks}{self.types[frame.type].top}")
            found.add(f"ft={frame.type}")
        return sorted(found) or ["f=none"]

    def _judgements(self, i: int, lemma: str) -> list[str]:
        """Words of praise, blame and threat in what depends on the word."""
        tree = self.tree
        below = [j for j in islice(tree.subtree(i), _DEEPEST) if j != i]
        said = {tree.lower[j] for j in below} | {tree.lemma[j] for j in below}
        judged = [name for name, listed in self.lexicon.judgements.items() if said & listed]
        return [x for name in judged for x in (f"j={name}", f"j={name}|{lemma}")]

    def _company(self, i: int, lemma: str) -> list[str]:
        """How many who may act stand before and after; the other words of the sentence."""
        tree, (first, last) = self.tree, self.kinds.window(i)
        before = min(sum(self.kinds.acts(j) for j in range(first, i)), 2)
        after = min(sum(self.kinds.acts(j) for j in range(i + 1, last)), 2)
        number = tree.sentence[i]
        kind = tree.annotated.sentences[number].kind if number >= 0 else ""
        others = {
            tree.lemma[j]
            for j in range(first, last)
            if tree.pos[j] in ("NOUN", "VERB") and not self.kinds.known[j]
        }
        found = [f"ab={before}", f"aa={after}", f"ab={before}{after}|{lemma}", f"kind={kind}"]
        return found + [f"b={word}" for word in sorted(others)]
