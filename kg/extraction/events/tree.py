"""A parse with the few operations the rules need, on the normalised labels of any pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.words import NEGATORS, words
from kg.language.columns import strings
from kg.language.labels import edges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.annotation import Annotated
    from kg.extraction.frames import Lexicon

__all__ = ["Tree"]

_SUBJECT = ("nsubj", "csubj", "nsubj:pass", "csubj:pass")
_NOMINAL = words("NOUN PROPN PRON NUM ADJ DET X")
_BE = frozenset(("be", "get"))


class Tree:
    """The parse of a document as arrays by token index.

    Attributes:
        head: index of the governor, of the token itself for a root.
        label: normalised dependency label.
        kids: children in text order.
        lower, lemma: forms in lower case; names as the text has them, not as they were masked.
        sentence: index of the sentence in ``annotated.sentences``.
    """

    def __init__(self, annotated: Annotated, lexicon: Lexicon) -> None:
        doc = annotated.doc
        found = edges(doc)
        self.annotated = annotated
        self.head = [edge.head for edge in found]
        self.label = [edge.label for edge in found]
        self.lower, lemma, self.pos, self.tag = strings(doc, "LOWER", "LEMMA", "POS", "TAG")
        self.lemma = [(base or word).lower() for base, word in zip(lemma, self.lower, strict=True)]
        text = annotated.document.text
        for i in (*annotated.actors, *annotated.venues, *annotated.places):
            self.lower[i] = text[annotated.offsets[i][0] : annotated.offsets[i][1]].lower()
        bases = lexicon.bases
        for i, word in enumerate(self.lower):
            if word in bases and self.pos[i] == "VERB" and self.lemma[i] not in lexicon.base_forms:
                self.lemma[i] = bases[word]
        self.sentence = [-1] * len(found)
        for number, sentence in enumerate(annotated.sentences):
            for i in range(sentence.first, sentence.last):
                self.sentence[i] = number
        self.kids: list[list[int]] = []
        self.settle()

    def settle(self) -> None:
        """Find everybody's children anew, after heads were changed."""
        self.kids = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)

    def __len__(self) -> int:
        return len(self.head)

    def bounds(self, i: int) -> tuple[int, int]:
        """First token and end of the sentence that holds token ``i``."""
        number = self.sentence[i]
        if number < 0:
            return i, i + 1
        sentence = self.annotated.sentences[number]
        return sentence.first, sentence.last

    def children(self, i: int, *labels: str) -> list[int]:
        """Children of ``i`` with one of the labels (all when none is given)."""
        kids, label = self.kids[i], self.label
        return [kid for kid in kids if label[kid] in labels] if labels and kids else kids[:]

    def subtree(self, i: int) -> Iterator[int]:
        """``i`` and all it governs, depth first."""
        stack = [i]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(self.kids[node]))

    def ancestors(self, i: int) -> Iterator[int]:
        """Governors of ``i``, nearest first."""
        seen = 0
        while self.head[i] != i and seen < 60:
            i = self.head[i]
            seen += 1
            yield i

    def cases(self, i: int) -> frozenset[str]:
        """Prepositions of a nominal, single words of fixed expressions included."""
        found: set[str] = set()
        for kid in self.kids[i]:
            if self.label[kid] in ("case", "mark") and kid < i:
                found.add(self.lower[kid])
                found.update(self.lower[k] for k in self.children(kid, "fixed"))
        return frozenset(found)

    def is_verb(self, i: int) -> bool:
        """True for full verbs and predicates with a copula."""
        return self.pos[i] in ("VERB", "AUX") or bool(self.children(i, "cop"))

    def is_passive(self, v: int) -> bool:  # noqa: PLR0911 - one return per case
        """True when ``v`` is a passive participle."""
        if self.children(v, "aux:pass", "nsubj:pass", "csubj:pass"):
            return True
        if self.lower[v] == "blame" and self.children(v, "cop"):  # "he is to blame"
            return True
        alone = not self.children(v, "obj", "nsubj", "aux", "mark", "advmod")
        if self.tag[v] == "VBD" and self.label[v] == "advcl" and alone:
            return True
        if self.tag[v] != "VBN":
            return False
        has_have = any(
            self.lemma[k] == "have" or self.lower[k] in ("'ve", "’ve", "'d")
            for k in self.children(v, "aux")
        )
        if self.label[v] in ("acl", "amod") and not has_have:
            return True
        if (
            self.label[v] == "advcl"
            and self.tag[v] == "VBN"
            and not has_have
            and not self.children(v, "obj")
        ):
            return True
        if self.label[v] == "conj" and not self.children(v, "aux", *_SUBJECT):
            return self.is_passive(self.head[v])
        by = any("by" in self.cases(k) for k in self.children(v, "obl", "obl:agent"))
        return not has_have and by

    def own_subjects(self, v: int) -> list[int]:
        """Subjects that stand at the verb itself; relative pronouns are resolved."""
        found = [self._antecedent(v, kid) for kid in self.children(v, *_SUBJECT)]
        if not found:  # a subject that was hung on the auxiliary
            for aux in self.children(v, "aux", "aux:pass", "cop"):
                found += [self._antecedent(v, k) for k in self.children(aux, *_SUBJECT)]
        if len(found) > 1 and found[0] + 1 < len(self) and self.lower[found[0] + 1] == ",":
            second = found[1] - 1  # "General, did Greece refuse?"
            if self.pos[second] == "AUX" or self.pos[second - 1] == "AUX":
                return found[1:]
        return found

    def _antecedent(self, v: int, i: int) -> int:
        if self.lower[i] in ("who", "which", "that", "whom") and self.label[v] in (
            "acl:relcl",
            "acl",
        ):
            return self.head[v]
        return i

    def objects(self, v: int) -> list[int]:
        """Direct objects; the antecedent for a relative clause that has its own subject."""
        found = [self._antecedent(v, kid) for kid in self.children(v, "obj")]
        if len(found) > 1 and v < found[0]:  # a verb has one; more are strays of other clauses
            found = found[:1]
        if not found and self.label[v] == "acl:relcl" and self.own_subjects(v):
            subject = self.own_subjects(v)
            if self.head[v] not in subject and not self.is_passive(v):
                found = [self.head[v]]
        return found

    def negated(self, v: int) -> bool:
        """True when the word itself carries a negation."""
        for kid in self.kids[v]:
            if (
                self.label[kid] in ("neg", "advmod", "det", "cc", "discourse")
                and self.lower[kid] in NEGATORS
            ):
                return True
        if any(self.lower[j : j + 2] == ["no", "longer"] for j in range(max(v - 4, 0), v)):
            return True
        for kid in self.children(v, "nsubj", "nsubj:pass", "obj"):
            if self.lower[kid] in ("nobody", "none", "nothing", "neither"):
                return True
            if any(
                self.lower[k] in ("no", "neither") for k in self.children(kid, "det", "neg", "cc")
            ):
                return True
        return False

    def auxiliaries(self, v: int) -> list[str]:
        """Auxiliary words of a verb, borrowed from the first conjunct when it has none."""
        own = [self.lower[k] for k in self.children(v, "aux", "aux:pass", "cop")]
        if self.tag[v] == "VBN":
            own = ["had" if word in ("'d", "’d") else word for word in own]
        if own or self.label[v] != "conj" or self.own_subjects(v):
            return own
        head = self.head[v]
        if self.tag[v] in ("VBD", "VBZ", "VBP") or not self.is_verb(head):
            return own
        return [self.lower[k] for k in self.children(head, "aux", "cop")]

    def pluperfect(self, v: int) -> bool:
        """True for "had met", "had been attacked"."""
        aux = self.auxiliaries(v)
        return bool({"had", "'d", "’d"} & set(aux)) and self.tag[v] not in ("VB", "VBP")

    def is_nominal(self, i: int) -> bool:
        """True for words that can head a noun phrase."""
        return self.pos[i] in _NOMINAL
