"""What was told before: acts that "the decision", "the charge" or "it" may refer to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.events.sides import Side
from kg.extraction.events.words import CHARGE_NOUNS, DEED_NOUNS, MEASURE_NOUNS, REQUEST_NOUNS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree
    from kg.reference.schemes import EventType

__all__ = ["Memory"]

_DEFINITE = words("the this that these those such his her their its")
_PRONOUNS = frozenset(("it", "this", "that", "them", "which", "so"))
_REACH = 6
_CROWD = 200  # acts that are looked back at, so that long texts stay linear
_PRONOUN_REACH = 1
_SPEAKER_REACH = 2
_HOSTILE = words("accuse reject threaten sanction protest coerce assault mobilize")
_MATERIAL = words(
    "sanction concede retreat assault coerce mobilize agree threaten cooperate aid protest"
)
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


class Memory:
    """The acts, owned deeds, agents and speakers met so far, latest last."""

    def __init__(
        self,
        tree: Tree,
        types: Mapping[str, EventType],
        allied: Callable[[set[str], set[str]], bool] = lambda one, two: bool(one & two),
    ) -> None:
        self.tree = tree
        self.types = types
        self.allied = allied
        self.concerned: Callable[[tuple[str, ...], tuple[str, ...]], bool] = lambda one, two: bool(
            set(one) & set(two)
        )
        self.polity: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda ids: ids
        self.principal: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda ids: ids
        self.drafts: list[Draft] = []
        self.owned: list[_Owned] = []
        self.agents: list[tuple[int, Side]] = []
        self.speakers: list[tuple[int, Side]] = []
        self.violence: list[Side] = []
        self._same: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}

    def foresee(self, holder: Callable[[int], Side]) -> None:
        """Note whose violence the whole text speaks of ("Russia's invasion")."""
        for i, word in enumerate(self.tree.lower):
            if word in _VIOLENCE and (side := holder(i)):
                self.violence.append(Side(side.ids))

    def own(self, token: int, owner: Side, sentence: int) -> None:
        """Remember whose deed a noun names."""
        self.owned.append(_Owned(self._stem(token), owner, sentence, token))

    def _same_side(self, one: Side, two: Side) -> bool:
        key = one.ids, two.ids
        if key not in self._same:
            self._same[key] = bool(two.ids) and self.allied(set(one.ids), set(two.ids))
        return self._same[key]

    def _stem(self, i: int) -> str:
        word: str = self.tree.lower[i]
        return word[:-1] if word.endswith("s") and not word.endswith("ss") else word

    def refers(self, i: int, actor: Side, sentence: int) -> Side:
        """The author of the act that the phrase headed by ``i`` takes up, or nobody."""
        wanted, reach = self._wanted(i)
        if not wanted:
            return Side()
        found = (
            self._same_noun(i, actor, sentence)
            or self._act(i, actor, sentence, wanted, reach)
            or self._said(i, actor, sentence)
        )
        if not found and self._violent(i):
            found = self._aggressor(actor)
        return Side(self.principal(found.ids), 0.65, "anaphora", ()) if found else Side()

    def _violent(self, i: int) -> bool:
        word = self.tree.lower[i]
        return word in _VIOLENCE or (word == "act" and "war" in self.tree.lower[i + 1 : i + 3])

    def _aggressor(self, actor: Side) -> Side:
        """Whose attacks the document is about, whether it has told them yet or not."""
        counts = Counter(
            side for side in self.violence[:_CROWD] if not self._same_side(side, actor)
        )
        return counts.most_common(1)[0][0] if counts else Side()

    def _same_noun(self, i: int, actor: Side, sentence: int) -> Side:
        stem = self._stem(i)
        for entry in reversed(self.owned):
            if sentence - entry.sentence > _REACH:
                break
            alike = entry.word == stem or (
                self.tree.lower[i] in MEASURE_NOUNS
                and self.tree.lower[entry.token] in MEASURE_NOUNS
            )
            if alike and entry.token < i and not self._same_side(entry.owner, actor):
                return entry.owner
        return Side()

    def _act(self, i: int, actor: Side, sentence: int, wanted: frozenset[str], reach: int) -> Side:
        best: Draft | None = None
        loose: Draft | None = None
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > reach:
                break
            far = sentence - draft.sentence > _REACH and wanted is _ANY and best is None
            if loose and far and self.types[draft.type].top not in _MATERIAL:
                continue
            if draft.trigger[0] > i or not draft.actor or self._same_side(draft.actor, actor):
                continue
            top = self.types[draft.type].top
            if wanted is not _ANY and top not in wanted:
                continue
            if "coerce" in wanted and not self._is_measure(i, draft.type):
                loose = loose or draft
                continue
            if set(draft.recipient.ids) & set(actor.ids):
                return draft.actor
            if "assault" in wanted and wanted is not _ANY and top != "assault":
                loose = loose or draft
                continue
            if top in _MATERIAL or wanted is not _ANY:
                best = best or draft
            loose = loose or draft
        chosen = best or loose
        return chosen.actor if chosen else Side()

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
            if sentence - number > _SPEAKER_REACH:
                break
            if sentence > number and not self._same_side(side, actor):
                return side
        return Side()

    def _wanted(self, i: int) -> tuple[frozenset[str], int]:  # noqa: PLR0911 - one return per case
        tree, word = self.tree, self.tree.lower[i]
        if word in _PRONOUNS and i not in tree.annotated.actors:
            return _ANY, _PRONOUN_REACH
        if word == "act" and "war" in tree.lower[i + 1 : i + 3]:
            return frozenset(("assault", "coerce", "mobilize")), _REACH
        definite = any(tree.lower[k] in _DEFINITE for k in tree.children(i, "det", "nmod:poss"))
        if not definite and tree.tag[i] != "NNS":
            return frozenset(), 0
        if word in _VIOLENCE:
            return frozenset(("assault", "coerce", "mobilize")), 5 * _REACH
        if word in MEASURE_NOUNS:
            return frozenset(("sanction", "threaten", "coerce")), 4 * _REACH
        if word in CHARGE_NOUNS and definite:
            return frozenset(("accuse", "reject", "threaten", "protest")), _REACH
        if word in REQUEST_NOUNS and definite:
            return frozenset(("request", "threaten", "agree")), _REACH
        if word in _DEALS and definite:
            return frozenset(("agree", "sanction")), 2 * _REACH
        if word in DEED_NOUNS and definite:
            return _ANY, 2 * _REACH
        return frozenset(), 0

    def partner(self, actor: Side, sentence: int) -> Side:
        """Whom ``actor`` just dealt with, in this sentence or the one before."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > 1:
                break
            if set(draft.actor.ids) == set(actor.ids) and draft.recipient and not draft.joint:
                return Side(draft.recipient.ids, 0.55, "anaphora", ())
        return Side()

    def opponent(self, actor: Side, sentence: int, asked: bool = False) -> Side:
        """Whoever stood against ``actor`` last: the other side of the latest hostile act.

        Args:
            actor: who is answering.
            sentence: where.
            asked: whoever asked something of the actor counts, too.
        """
        own = set(actor.ids)
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > _REACH:
                break
            top = self.types[draft.type].top
            if draft.joint or not draft.recipient:
                continue
            if asked and top == "request" and self.concerned(draft.recipient.ids, actor.ids):
                return Side(self.principal(draft.actor.ids), 0.55, "anaphora", ())
            if top not in _HOSTILE:
                continue
            if self.concerned(draft.recipient.ids, actor.ids) and not set(draft.actor.ids) & own:
                return Side(self.polity(draft.actor.ids), 0.5, "anaphora", ())
            if any(self.allied({x}, own) for x in draft.actor.ids):
                return Side(self.polity(draft.recipient.ids), 0.5, "anaphora", ())
        return Side()

    def culprit(self, actor: Side, sentence: int) -> Side:
        """Whoever did last, in this sentence or the two before, what ``actor`` may resent."""
        loose: Draft | None = None
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > _SPEAKER_REACH:
                break
            top = self.types[draft.type].top
            if top not in _MATERIAL | _HOSTILE or self._same_side(draft.actor, actor):
                continue
            if draft.recipient and self.allied(set(draft.recipient.ids), set(actor.ids)):
                return Side(self.polity(draft.actor.ids), 0.6, "anaphora", ())
            loose = loose or draft
        return Side(self.polity(loose.actor.ids), 0.5, "anaphora", ()) if loose else Side()

    def counterpart(self, actor: Side) -> Side:
        """Whom ``actor`` has to do with most in the document so far, the latest first."""
        counts: Counter[tuple[str, ...]] = Counter()
        for draft in reversed(self.drafts[-_CROWD:]):
            if draft.joint or not draft.recipient:
                continue
            if self._same_side(draft.actor, actor):
                counts[draft.recipient.ids] += 1
            elif self._same_side(draft.recipient, actor):
                counts[draft.actor.ids] += 1
        return (
            Side(self.polity(counts.most_common(1)[0][0]), 0.45, "anaphora", ())
            if counts
            else Side()
        )

    def author(self, top: str, recipient: Side, sentence: int) -> Side:
        """Who did such a thing to others before: the agent a passive leaves out."""
        for draft in reversed(self.drafts):
            if sentence - draft.sentence > 2 * _REACH:
                break
            same = self.types[draft.type].top == top and not draft.joint and draft.actor
            if same and not self.allied(set(draft.actor.ids), set(recipient.ids)):
                return Side(self.polity(draft.actor.ids), 0.5, "anaphora", ())
        return Side()
