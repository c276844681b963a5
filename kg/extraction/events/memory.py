"""What was told before: acts that "the decision", "the charge" or "it" may refer to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.events.exchange import CROWD, MATERIAL, REACH, SPEAKER_REACH, Exchange
from kg.extraction.events.sides import Side
from kg.extraction.events.words import CHARGE_NOUNS, DEED_NOUNS, MEASURE_NOUNS, REQUEST_NOUNS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree
    from kg.reference.schemes import EventType

__all__ = ["Memory"]

_DEFINITE = words("the this that these those such his her their its")
_PRONOUNS = frozenset(("it", "this", "that", "them", "which", "so"))
_PRONOUN_REACH = 1
_ANY = frozenset("*")
_VIOLENCE = words(
    "attack attacks invasion aggression violence bombing bombings assault killing killings "
    "offensive raid raids incursion war shelling massacre annexation"
)
_DEALS = words("deal agreement accord pact settlement truce compromise")
_MEASURES = (
    (("tariff", "dut", "levy", "levies"), frozenset(("impose-tariffs", "retaliate"))),
    (("fine", "penalt"), frozenset(("fine",))),
    (("visa", "entry", "travel"), frozenset(("visa-ban", "impose-sanctions", "ban"))),
)
_ANY_MEASURE = words(
    "impose-tariffs impose-sanctions fine visa-ban ban blacklist freeze-assets embargo restrict"
)


@dataclass(frozen=True, slots=True)
class _Owned:
    """A deed that a noun phrase gives to somebody: "the French decision"."""

    word: str
    owner: Side
    sentence: int
    token: int


class Memory(Exchange):
    """The acts, owned deeds, agents and speakers met so far, latest last.

    Attributes:
        home: heads of phrases that take up a deed of the speaker's own side.
        judged: the sentence that judged somebody's deed last, and whose.
    """

    def __init__(
        self,
        tree: Tree,
        types: Mapping[str, EventType],
        allied: Callable[[set[str], set[str]], bool] = lambda one, two: bool(one & two),
    ) -> None:
        super().__init__(types, allied)
        self.tree = tree
        self.owned: list[_Owned] = []
        self.agents: list[tuple[int, Side]] = []
        self.speakers: list[tuple[int, Side]] = []
        self.violence: list[Side] = []
        self.home: set[int] = set()
        self.judged: tuple[int, Side] = (-9, Side())

    def foresee(self, holder: Callable[[int], Side]) -> None:
        """Note whose violence the whole text speaks of ("Russia's invasion")."""
        for i, word in enumerate(self.tree.lower):
            if word in _VIOLENCE and (side := holder(i)):
                self.violence.append(Side(side.ids))

    def own(self, token: int, owner: Side, sentence: int) -> None:
        """Remember whose deed a noun names."""
        self.owned.append(_Owned(self._stem(token), owner, sentence, token))

    def _stem(self, i: int) -> str:
        word: str = self.tree.lower[i]
        return word[:-1] if word.endswith("s") and not word.endswith("ss") else word

    def refers(self, i: int, actor: Side, sentence: int) -> Side:
        """The author of the act that the phrase headed by ``i`` takes up, or nobody."""
        wanted, reach = self._wanted(i)
        if not wanted:
            return Side()
        found = (
            self._still(i, actor, sentence)
            or self._same_noun(i, actor, sentence)
            or self._act(i, actor, sentence, wanted, reach)
            or (Side() if i in self.home else self._said(i, actor, sentence))
        )
        if i in self.home:
            return Side()
        if not found and self._violent(i):
            found = self._aggressor(actor)
        if found and wanted is _ANY:
            self.judged = (sentence, found)
        if not found:
            return Side()
        deed = self.tree.lower[i] in DEED_NOUNS | MEASURE_NOUNS
        ids = self.behind(found.ids) if deed else self.principal(found.ids)
        return Side(ids, 0.65, "anaphora", ())

    def _still(self, i: int, actor: Side, sentence: int) -> Side:
        """The author of what the sentence before judged: "X blasted the plan. Y welcomed it"."""
        number, side = self.judged
        last = self.tree.lower[i] in _PRONOUNS and 0 < sentence - number <= _PRONOUN_REACH
        return side if last and side and not self.same_side(side, actor) else Side()

    def _violent(self, i: int) -> bool:
        word = self.tree.lower[i]
        return word in _VIOLENCE or (word == "act" and "war" in self.tree.lower[i + 1 : i + 3])

    def _aggressor(self, actor: Side) -> Side:
        """Whose attacks the document is about, whether it has told them yet or not."""
        counts = Counter(side for side in self.violence[:CROWD] if not self.same_side(side, actor))
        return counts.most_common(1)[0][0] if counts else Side()

    def _same_noun(self, i: int, actor: Side, sentence: int) -> Side:
        stem = self._stem(i)
        for entry in reversed(self.owned):
            if sentence - entry.sentence > REACH:
                break
            alike = entry.word == stem or (
                self.tree.lower[i] in MEASURE_NOUNS
                and self.tree.lower[entry.token] in MEASURE_NOUNS
            )
            if alike and entry.token < i and not self.same_side(entry.owner, actor):
                return entry.owner
        return Side()

    def _act(self, i: int, actor: Side, sentence: int, wanted: frozenset[str], reach: int) -> Side:
        best: Draft | None = None
        loose: Draft | None = None
        own: Draft | None = None
        for draft in self._earlier(i, sentence, reach):
            top = self.types[draft.type].top
            far = sentence - draft.sentence > REACH and wanted is _ANY and best is None
            if loose and far and top not in MATERIAL:
                continue
            if self.same_side(draft.actor, actor):
                own = own or (draft if best is None and top in MATERIAL else None)
            elif wanted is _ANY or top in wanted:
                if self._hits(draft, actor, wanted, i):
                    return draft.actor
                best = best or (draft if self._fits(draft, wanted, i) else None)
                loose = loose or draft
        if own and wanted is _ANY and best is None and own.sentence < sentence:
            self.home.add(i)
            self.judged = (sentence, own.actor)
            return Side()
        chosen = best or loose
        return chosen.actor if chosen else Side()

    def _earlier(self, i: int, sentence: int, reach: int) -> Iterator[Draft]:
        """Acts with an author that were told before token ``i``, the latest first."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > reach:
                return
            if draft.trigger[0] <= i and draft.actor:
                yield draft

    def _hits(self, draft: Draft, actor: Side, wanted: frozenset[str], i: int) -> bool:
        """True for an act against whoever speaks of it, which is the one in mind."""
        if "coerce" in wanted and not self._is_measure(i, draft.type):
            return False
        if wanted is _ANY and self.types[draft.type].top in MATERIAL:
            return self.concerned(draft.recipient.ids, actor.ids)
        return bool(set(draft.recipient.ids) & set(actor.ids))

    def _fits(self, draft: Draft, wanted: frozenset[str], i: int) -> bool:
        """True for an act of the kind that the words at ``i`` name."""
        top = self.types[draft.type].top
        if "coerce" in wanted and not self._is_measure(i, draft.type):
            return False
        if "assault" in wanted:
            return top == "assault"
        return top in MATERIAL or wanted is not _ANY

    def _is_measure(self, i: int, kind: str) -> bool:
        """True when an act of that type is what "the tariffs", "the visa bans" … can mean."""
        phrase = " ".join([self.tree.lower[i], *(self.tree.lower[k] for k in self.tree.kids[i])])
        for signs, kinds in _MEASURES:
            if any(word in phrase for word in signs):
                return kind in kinds
        return kind in _ANY_MEASURE

    def _said(self, i: int, actor: Side, sentence: int) -> Side:
        """The last speaker for what is said, the last agent for what is done."""
        spoken = self.tree.lower[i] in CHARGE_NOUNS or self.tree.lower[i] in _PRONOUNS
        for number, side in reversed(self.speakers if spoken else self.agents):
            if sentence - number > SPEAKER_REACH:
                break
            if sentence > number and not self.same_side(side, actor):
                return side
        return Side()

    def _wanted(self, i: int) -> tuple[frozenset[str], int]:  # noqa: PLR0911 - one return per case
        tree, word = self.tree, self.tree.lower[i]
        if word in _PRONOUNS and i not in tree.annotated.actors:
            return _ANY, _PRONOUN_REACH
        if word == "act" and "war" in tree.lower[i + 1 : i + 3]:
            return frozenset(("assault", "coerce", "mobilize")), REACH
        definite = any(tree.lower[k] in _DEFINITE for k in tree.children(i, "det", "nmod:poss"))
        if not definite and tree.tag[i] != "NNS":
            return frozenset(), 0
        if word in _VIOLENCE:
            return frozenset(("assault", "coerce", "mobilize")), 5 * REACH
        if word in MEASURE_NOUNS:
            return frozenset(("sanction", "threaten", "coerce")), 4 * REACH
        if word in CHARGE_NOUNS and definite:
            proposed = {"request", "agree"} if word in REQUEST_NOUNS else frozenset[str]()
            return frozenset(("accuse", "reject", "threaten", "protest")) | proposed, REACH
        if word in REQUEST_NOUNS and definite:
            return frozenset(("request", "threaten", "agree")), REACH
        if word in _DEALS and definite:
            return frozenset(("agree", "sanction")), 2 * REACH
        if word in DEED_NOUNS and definite:
            return _ANY, 2 * REACH
        return frozenset(), 0
