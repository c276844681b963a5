"""What stands where: the kind of actor, pronoun or word that each token is to the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.events.words import words

if TYPE_CHECKING:
    from kg.extraction.events.people import Cast
    from kg.extraction.events.tree import Tree

__all__ = ["CONTENT", "Kinds"]

CONTENT = words("VERB NOUN ADJ ADV PROPN AUX")
_NOMINAL = words("NOUN PROPN PRON NUM")
_PRONOUNS = words("i we you he she they it us him her them me my our your his their its who which")
_GRAMMAR = words("aux aux:pass cop mark neg")
_WINDOW = 40  # tokens before and after that count in a very long sentence
_AS_WRITTEN = frozenset(("", "pron", "name"))


class Kinds:
    """The kinds of all tokens of one document.

    Attributes:
        tree, cast: the parse, and who is who in it.
        known: "person", "state" … of actors ("states" of several), "demonym", "place", "pron",
            "name" (a proper noun nobody knows), "" for any other word.
    """

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree, self.cast = tree, cast
        self.known = [self._kind(i) for i in range(len(tree))]

    def _kind(self, i: int) -> str:
        annotated = self.tree.annotated
        ids = annotated.actors.get(i)
        if ids:
            found = [self.cast.entities[x].kind.value for x in ids if x in self.cast.entities]
            return (found[0] if found else "other") + ("s" if len(found) > 1 else "")
        if i in annotated.places or i in annotated.venues:
            return "place"
        if self.cast.at(i):
            return "demonym"
        if self.tree.lower[i] in _PRONOUNS:
            return "pron"
        return "name" if self.tree.pos[i] == "PROPN" else ""

    def word(self, i: int) -> str:
        """How features name a word: the kind of an actor, the lemma of anything else."""
        kind = self.known[i]
        return self.tree.lemma[i] if kind in _AS_WRITTEN else f"<{kind}>"

    def acts(self, i: int) -> bool:
        """True for somebody who may act, known or a pronoun."""
        return self.known[i] not in ("", "place", "name")

    def window(self, i: int) -> tuple[int, int]:
        """First token and end of the sentence about token ``i``, as far as it counts."""
        first, last = self.tree.bounds(i)
        return max(first, i - _WINDOW), min(last, i + _WINDOW + 1)

    def may_tell(self, i: int) -> bool:
        """True for words that can name an act."""
        tree = self.tree
        return (
            tree.pos[i] in CONTENT
            and i not in tree.annotated.actors
            and tree.label[i] not in _GRAMMAR
            and tree.lower[i][:1].isalpha()
        )

    def may_be_side(self, i: int) -> bool:
        """True for words that can name a party, whether it is known or not."""
        return bool(self.known[i]) or self.tree.pos[i] in _NOMINAL
