"""From a noun phrase to the actors it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.events.clauses import agents
from kg.extraction.events.samples import is_scene, sample
from kg.extraction.events.words import AGENT_NOUNS, PEOPLE_NOUNS, words

if TYPE_CHECKING:
    from kg.extraction.events.people import Cast
    from kg.extraction.events.tree import Tree

__all__ = ["Side", "SideFinder", "merge"]

_LISTING = words(", and & + or the / as well together with")
_SHARES = words(
    "thousands hundreds dozens scores tens millions crowd crowds number majority handful most some "
    "many third half quarter group groups members leaders bands band lot all each both"
)
_SEATED = words(
    "authorities government governments regime leadership leaders rulers masters junta cabinet "
    "administration ministers officials parliament"
)
_VISITS = words("visit visits trip trips journey tour")
_HOMELAND = words("country nation government homeland")
_OWNER_CASES = frozenset(("of", "by", "from", "between"))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event.

    Attributes:
        ids: entity ids, in text order.
        confidence: 0..1, how direct the reading of the phrase is.
        how: "name", "office" (an official of), "owner" (whose thing it is), "anaphora", "window".
        tokens: the tokens that named them.
    """

    ids: tuple[str, ...] = ()
    confidence: float = 1.0
    how: str = "name"
    tokens: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids)


def merge(sides: list[Side]) -> Side:
    """All ids of several sides; the least confidence counts."""
    real = [side for side in sides if side]
    if not real:
        return Side()
    ids = tuple(dict.fromkeys(i for side in real for i in side.ids))
    tokens = tuple(dict.fromkeys(t for side in real for t in side.tokens))
    weakest = min(real, key=lambda side: side.confidence)
    return Side(ids, weakest.confidence, weakest.how, tokens)


class SideFinder:
    """Resolves noun phrases against the actors of one document."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree = tree
        self.cast = cast

    def named(self, i: int) -> Side:
        """The actors a token stands for, without its coordination."""
        ids = self.cast.at(i)
        confidence = self.tree.annotated.link_confidence.get(i, 1.0)
        return Side(ids, confidence, "name", (i,)) if ids else Side()

    def homeland(self, i: int) -> Side:
        """Whose country "his country", "her own government" is."""
        if self.tree.lower[i] not in _HOMELAND:
            return Side()
        owners = [x for k in self.tree.children(i, "nmod:poss") for x in self.cast.at(k)]
        ids = self.cast.homeland(tuple(owners), i)
        return Side(ids, 0.9, "office", (i,)) if ids else Side()

    def _beside(self, i: int) -> Side:
        """The name after a title with a place or task: "the ambassador in Rome, Ann Lee, said"."""
        tree, nominal = self.tree, self.tree.annotated.nominal
        if tree.lower[i] not in AGENT_NOUNS or tree.tag[i] != "NN":
            return Side()
        _, end = tree.bounds(i)
        for j in range(i + 1, min(i + 8, end - 2)):
            if tree.pos[j] in ("VERB", "AUX"):
                break
            name = j + 1
            if tree.lower[j] == "," and name in nominal and tree.lower[name + 1] == ",":
                return self.named(name) if self.cast.persons(self.cast.at(name)) else Side()
        return Side()

    def metonym(self, i: int, named_at: int | None = None) -> Side:
        """A capital that acts."""
        ids = self.cast.metonym(i, named_at)
        return Side(ids, 0.7, "name", (i,)) if ids else Side()

    def officials(self, i: int) -> Side:
        """Officials of somebody: "EU officials", "French troops", "the government of France"."""
        if self.tree.lower[i] not in AGENT_NOUNS and self.tree.lemma[i] not in AGENT_NOUNS:
            return Side()
        found = self._attributes(i, _OWNER_CASES) or self._seated(i)
        return Side(found.ids, 0.95 * found.confidence, "office", found.tokens) if found else Side()

    def _seated(self, i: int) -> Side:
        """The state in whose capital a government sits: "the authorities in Minsk"."""
        if self.tree.lower[i] not in _SEATED:
            return Side()
        kids = [k for k in self.tree.children(i, "nmod", "obl") if "in" in self.tree.cases(k)]
        cities = [k for kid in kids for k in (kid, *self.tree.children(kid, "conj"))]
        return merge([self.named(k) or self.metonym(k) for k in cities])

    def people(self, i: int) -> Side:
        """People of a country, "French farmers": they stand for no government; a weak reading."""
        if self.tree.lower[i] not in PEOPLE_NOUNS:
            return Side()
        found = self._attributes(i, frozenset(("of",)))
        return Side(found.ids, 0.7 * found.confidence, "people", found.tokens) if found else Side()

    def owner(self, i: int) -> Side:
        """Whose thing it is: "Trump's tariffs", "the American plan", "a law passed by France"."""
        found = self._attributes(i, _OWNER_CASES) or self._makers(i)
        if not found:
            found = self._attributes(
                i, frozenset(("in", "on", "against", "to", "with", "for")), preps_only=True
            )
        return Side(found.ids, 0.8 * found.confidence, "owner", found.tokens) if found else Side()

    def host(self, i: int) -> Side:
        """Who is to be visited: "his trip to Berlin"; the parser may hang the town elsewhere."""
        tree = self.tree
        if tree.lower[i] not in _VISITS:
            return Side()
        _, end = tree.bounds(i)
        for j in range(i + 1, min(i + 3, end)):
            if tree.lower[j] == "to" and tree.head[j] > j:
                return self.metonym(tree.head[j], i)
        return Side()

    def holder(self, i: int) -> Side:
        """Whose deed a noun names, without guessing from looser phrases."""
        return self._attributes(i, frozenset(("by", "of"))) or self._makers(i)

    def _attributes(self, i: int, cases: frozenset[str], preps_only: bool = False) -> Side:
        tree = self.tree
        found: list[Side] = []
        for kid in tree.kids[i]:
            label = tree.label[kid]
            if not preps_only and label in (
                "nmod:poss",
                "amod",
                "compound",
                "flat",
                "nummod",
                "det",
            ):
                found.append(self._attribute(kid))
            elif label in ("nmod", "obl", "appos") and cases & tree.cases(kid):
                direct = self.group(kid, agent=False, deep=False)
                found.append(direct or self._inner(kid, label))
            elif label == "nmod" and not preps_only and kid < i:
                found.append(self._attribute(kid))
        return merge(found)

    def _inner(self, kid: int, label: str) -> Side:
        """Whose things: "American" in "the deployment of American missiles"."""
        if label != "nmod" or "of" not in self.tree.cases(kid):
            return Side()
        inner = self.tree.children(kid, "amod", "compound", "nmod:poss")
        return merge([self.named(k) for k in inner])

    def _attribute(self, kid: int) -> Side:
        tree = self.tree
        found = [self.named(kid)]
        if not found[0] and tree.label[kid] == "nmod:poss":
            found.append(self.officials(kid) or self.owner(kid))
        found.extend(
            self.named(k)
            for k in tree.children(kid, "conj", "compound", "appos", "flat", "amod", "nmod:poss")
        )
        return merge(found)

    def _makers(self, i: int) -> Side:
        """Agents of a clause that modifies the noun: "the tariffs that Trump imposed"."""
        found: list[Side] = []
        for kid in self.tree.children(i, "acl:relcl", "acl"):
            found.extend(self.person(a) for a in agents(self.tree, kid) if a != i)
        return merge(found)

    def person(self, i: int) -> Side:
        """An actor by name, pronoun, or office."""
        found = self.named(i) or self.homeland(i) or self._beside(i) or self.officials(i)
        return found or self._apposition(i) or self.people(i) or self._share(i)

    def _share(self, i: int) -> Side:
        """Those counted in "thousands of Afghan rebels"; only when unnamed actors are read."""
        if not self.tree.annotated.generic or self.tree.lower[i] not in _SHARES:
            return Side()
        inside = [k for k in self.tree.children(i, "nmod") if "of" in self.tree.cases(k)]
        return merge([self.named(k) or self.people(k) for k in inside])

    def _apposition(self, i: int) -> Side:
        """Names beside a description: "the chancellor, Olaf Scholz"."""
        for kid in self.tree.children(i, "appos", "flat"):
            for node in (kid, *self.tree.children(kid, "appos", "conj", "flat")):
                found = self.named(node)
                if found and not self.tree.cases(node):
                    return found
        return Side()

    def group(self, i: int, agent: bool, deep: bool = True) -> Side:
        """The actors of a phrase with everything coordinated with it.

        Args:
            i: head of the phrase.
            agent: only those who can act themselves; otherwise things stand for their owners.
            deep: look at owners.
        """
        found = []
        for member in self._members(i):
            side = self.person(member)
            if not side and not agent and deep:
                side = self.host(member) or self.owner(member)
            found.append(side)
        return merge(found)

    def group_ids(self, tokens: list[int]) -> tuple[str, ...]:
        """Ids of all actors that the phrases headed by ``tokens`` name as agents."""
        return merge([self.group(i, agent=True) for i in tokens]).ids

    def _members(self, i: int) -> list[int]:
        members, stack = [], [i]
        while stack:
            node = stack.pop()
            members.append(node)
            stack.extend(
                k
                for k in reversed(self.tree.children(node, "conj"))
                if self.tree.is_nominal(k)
                and not self.tree.own_subjects(k)
                and ";" not in self.tree.lower[node:k]
            )
            if self.cast.at(node):  # "US-EU agenda", "Smith/Miller"
                beside = self.tree.children(node, "flat", "compound")
                members.extend(k for k in beside if self.cast.at(k))
                scenes = [
                    m for m in (node, *beside) if beside and is_scene(self.tree, self.cast, m)
                ]
                members = [m for m in members if m not in scenes]
            elif self.tree.tag[node] in ("NNS", "NN"):
                members.extend(sample(self.tree, self.cast, node))
        listed = [j for member in members for j in self._listed(member)]
        return list(dict.fromkeys([*members, *listed]))

    def _listed(self, i: int) -> list[int]:
        """Actors in a plain list right after an actor, when the parser lost the coordination."""
        tree = self.tree
        if not self.cast.at(i):
            return []
        _, end = tree.bounds(i)
        found: list[int] = []
        joined, j = False, i + 1
        while j < end:
            if tree.lower[j] in ("and", "&", "+"):
                joined = True
            elif j in tree.annotated.actors and self.cast.at(j):
                if tree.label[j] in ("nsubj", "nsubj:pass") and tree.head[j] != tree.head[i]:
                    break
                if j + 1 < end and tree.lower[j + 1] in ("'s", "’s", "'", "’"):
                    break
                if tree.lower[j - 1] not in _LISTING:
                    break
                found.append(j)
            elif tree.lower[j] not in _LISTING:
                break
            j += 1
        return found if joined else []
