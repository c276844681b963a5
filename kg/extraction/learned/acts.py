"""Acts that no frame tells, found by the learned models; and what they think of those found."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extraction.events.drafts import Chances, Draft
from kg.extraction.events.modality import is_purpose
from kg.extraction.events.sides import Side
from kg.extraction.events.words import TIMES
from kg.extraction.learned.context import Context, Scene
from kg.extraction.learned.expressions import load_expressions
from kg.extraction.learned.kinds import Kinds
from kg.extraction.learned.models import CLASSES, POLARITY, POLARITY_OF
from kg.extraction.learned.parties import REMEMBERED, Parties
from kg.extraction.learned.reranking import OPEN, UNNAMED
from kg.extraction.learned.wordings import Wordings
from kg.records import ActorKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.extraction.events.people import Cast
    from kg.extraction.events.sides import SideFinder
    from kg.extraction.events.tree import Tree
    from kg.extraction.frames import Lexicon
    from kg.extraction.learned.models import Models
    from kg.extraction.learned.parties import Told
    from kg.reference.schemes import EventType

__all__ = ["LearnedActs"]

_NONE = float(np.log(0.85))  # logarithm of the chance of no act with which a word is left alone
_FAINT = -8.0  # logarithm of the chance in context below which a candidate is left out
_LEAST_ACT = 0.25  # chance of an act of one polarity below which sides are not looked for
_LEAST = 0.1  # chance of act and actor together below which nothing is reported
_IDLE = 1e-3  # chance up to which a candidate need not be resolved
_MUTUAL = frozenset(("consult", "agree", "cooperate"))
_STRANGER = 0.8  # an organisation that nobody knows is less likely to act on others
_NOBODY: frozenset[Hashable] = frozenset()


class _Act(NamedTuple):
    """A word that tells an act, who may take part in it, and their features as far as made."""

    at: int
    top: str
    candidates: list[int]
    scene: Scene
    alone: dict[int, list[str]]


class LearnedActs:
    """The models on one document, sentence by sentence, in text order."""

    def __init__(
        self,
        tree: Tree,
        cast: Cast,
        sides: SideFinder,
        lexicon: Lexicon,
        types: Mapping[str, EventType],
        models: Models,
    ) -> None:
        self.tree, self.cast, self.sides, self.types = tree, cast, sides, types
        self.models = models
        self.kinds = Kinds(tree, cast)
        self.wordings = Wordings(self.kinds, lexicon, types, load_expressions())
        self.parties = Parties(self.kinds)
        self.context = Context(self.kinds, models.encoder)
        self._told: deque[Told] = deque(maxlen=REMEMBERED)
        self._people: dict[int, Side] = {}
        self._hostile: set[int] = set()

    def sentence(self, number: int, drafts: Sequence[Draft], taken: set[int]) -> list[Draft]:
        """Judge the drafts of a sentence, and find further acts in words that are not taken."""
        known: defaultdict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            known[draft.trigger[0]].append(draft)
        new = self._words(number, taken)
        self._hostile = {t for draft in drafts if self._is_hostile(draft) for t in draft.trigger}
        found: list[Draft] = []
        for i in sorted({*known, *new}):
            here = known[i]
            for draft in here:
                self._judge(draft)
            own = None if here else self._draft(i, new[i], number)
            if own is not None:
                here = [own]
                found.append(own)
            self._told.extend(map(self._facts, here))
        return found

    def _words(self, number: int, taken: set[int]) -> dict[int, NDArray[np.float32]]:
        """The words that may tell an act no rule found, with the chances of each class."""
        span = self.tree.annotated.sentences[number]
        words = [
            i
            for i in range(span.first, span.last)
            if i not in taken and self.context.acts[i, 0] < _NONE and self.kinds.may_tell(i)
        ]
        return dict(zip(words, self._chances(words), strict=True)) if words else {}

    def _chances(self, words: list[int]) -> NDArray[np.float32]:
        """Of each word the chances of no act and of each class."""
        rows = [self.wordings.of(i) for i in words]
        return self.models.acts(rows, self.context.acts[words])

    def _is_hostile(self, draft: Draft) -> bool:
        return POLARITY_OF[self.types[draft.type].top] == POLARITY_OF["reject"]

    def _facts(self, draft: Draft) -> Told:
        top = self.types[draft.type].top
        return frozenset(draft.actor.ids), frozenset(draft.recipient.ids), top

    # ------------------------------------------------------------------ a rule's act

    def _judge(self, draft: Draft) -> None:
        """Set what the models think of act and target; the word that tells it best counts."""
        top = self.types[draft.type].top
        words = [i for i in draft.trigger if self.kinds.may_tell(i)]
        if not words:  # "is against": the models know content words only
            return
        words = list(dict.fromkeys([*words, draft.host]))
        told = POLARITY_OF[top] == POLARITY
        acts = self._chances(words)[:, 1:][:, told].sum(1)
        i = words[int(acts.argmax())]
        act = self._act(i, top)
        candidates = act.candidates
        at = next((j for j in draft.actor.tokens if j in candidates), None)
        seen = np.exp(self.context.actors(act.scene)).tolist()  # evidence only: no features
        does = _of(self._by_side(candidates, seen), draft.actor)
        if draft.settled:
            likely = np.exp(self.context.recipients(act.scene, at)).tolist()
        else:
            likely = self._bearing(act, at, frozenset(draft.actor.ids))
        draft.likely = self._by_side(candidates, likely)
        bears = _of(draft.likely, draft.recipient) if draft.recipient else likely[-1]
        draft.chances = Chances(float(acts.max()), does, bears)

    def _by_side(self, candidates: list[int], likely: list[float]) -> dict[tuple[str, ...], float]:
        """The chances of candidates, where they are worth a look, by whom they stand for."""
        found: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for j, chance in zip(candidates, likely, strict=False):
            if chance > _IDLE:
                found[self._people_at(j).ids] += chance
        found[()] += likely[-1]
        return dict(found)

    # ------------------------------------------------------------------ a new act

    def _draft(self, i: int, chances: NDArray[np.float32], number: int) -> Draft | None:
        """The act that the word tells, if it is likely enough."""
        shares = [float(chances[1:][kind == POLARITY].sum()) for kind in range(3)]
        kind = int(np.argmax(shares))
        if shares[kind] < _LEAST_ACT:
            return None
        top = CLASSES[int(np.where(kind == POLARITY, chances[1:], -1).argmax())]
        if self.tree.is_verb(i) and is_purpose(self.tree, i):
            return None
        if top in ("reject", "threaten") and self._is_undone(i):
            return None
        act = self._act(i, top)
        candidates = act.candidates
        at, actor, does = self._choose(candidates, self._doing(act), (), needed=False)
        if at is None:
            return None
        ids: frozenset[Hashable] = frozenset(actor.ids)
        likely = self._bearing(act, at, ids)
        needed = top not in OPEN
        _, recipient, bears = self._choose(candidates, likely, actor.ids, needed=needed)
        joint = not recipient and top in _MUTUAL and len(actor.ids) > 1
        if joint:
            recipient, bears = actor, 1.0
        elif not recipient:
            bears = 0.0 if needed else UNNAMED * likely[-1]
        if not any(self._stands_for_somebody(x) for x in actor.ids):
            does *= _STRANGER
        found = Chances(shares[kind], does, bears)
        if found.act * found.actor < _LEAST:
            return None
        draft = Draft(top, f"learned.{top}", (i,), i, number, actor, recipient, joint)
        draft.chances, draft.likely = found, self._by_side(candidates, likely)
        return draft

    def _is_undone(self, i: int) -> bool:
        """True for "did not rule out", and for "refused to condemn", whose complement is told."""
        return self.tree.negated(i) or not self._hostile.isdisjoint(self.tree.children(i, "xcomp"))

    def _stands_for_somebody(self, x: str) -> bool:
        """True for people, and for what belongs to a state or bloc: no club, no company."""
        person = self.cast.entities[x].kind is ActorKind.PERSON
        return person or bool(self.cast.polity(x))

    # ------------------------------------------------------------------ its sides

    def _act(self, i: int, top: str) -> _Act:
        candidates = self.parties.candidates(i)
        return _Act(i, top, candidates, self.context.scene(i, top, candidates), {})

    def _doing(self, act: _Act) -> list[float]:
        """The chances of candidates, and of nobody, to be the one who does it."""
        seen = self.context.actors(act.scene)
        near, rows = self._rows(act, seen, None, _NOBODY)
        return _spread(near, self.models.actors(rows, seen[near]), len(seen))

    def _bearing(self, act: _Act, actor: int | None, ids: frozenset[Hashable]) -> list[float]:
        """The same for the one it is directed at, given a token of who does it, and his ids."""
        seen = self.context.recipients(act.scene, actor)
        near, rows = self._rows(act, seen, actor, ids)
        return _spread(near, self.models.recipients(rows, seen[near]), len(seen))

    def _rows(
        self,
        act: _Act,
        seen: NDArray[np.float32],
        actor: int | None,
        ids: frozenset[Hashable],
    ) -> tuple[list[int], list[list[str]]]:
        """Numbers and features of those candidates that context does not rule out, and nobody's."""
        i, top, candidates = act.at, act.top, act.candidates
        told, parties = tuple(self._told), self.parties
        near = np.flatnonzero(seen[:-1] > _FAINT).tolist()
        chosen = [candidates[number] for number in near]
        rows = []
        for j, among in zip(chosen, parties.among(i, top, candidates, actor, chosen), strict=True):
            if j not in act.alone:
                act.alone[j] = parties.alone(i, top, j)
            history = parties.history(top, frozenset(self.cast.at(j)), ids, told)
            rows.append(act.alone[j] + among + history)
        return [*near, len(candidates)], [*rows, parties.nobody(i, top)]

    def _choose(
        self, candidates: list[int], likely: list[float], others: tuple[str, ...], *, needed: bool
    ) -> tuple[int | None, Side, float]:
        """Who is likeliest by all his mentions: a token, whom it stands for, and the chance.

        Nobody when that is likelier, or when the likeliest word stands for nobody known; those that
        speak for ``others`` are left out. With ``needed``, the likeliest of those known.
        """
        chances: dict[tuple[str, ...], float] = {}
        best: dict[tuple[str, ...], tuple[float, int, Side]] = {}
        for j, chance in zip(candidates, likely, strict=False):
            if chance <= _IDLE:
                continue
            side = self._apart(self._people_at(j), others)
            chances[side.ids] = chances.get(side.ids, 0.0) + chance
            if side.ids not in best or chance > best[side.ids][0]:
                best[side.ids] = (chance, j, side)
        if needed:
            chances.pop((), None)
        if not chances:
            return None, Side(), 0.0
        key = max(chances, key=lambda ids: chances[ids])
        if not key or (not needed and chances[key] < likely[-1]):
            return None, Side(), 0.0
        return best[key][1], best[key][2], chances[key]

    def _apart(self, side: Side, others: tuple[str, ...]) -> Side:
        """A side without those who speak for ``others``."""
        if not others or not side:
            return side
        rest = tuple(
            x for x in side.ids if x not in others and not self.cast.allied(set(others), {x})
        )
        return Side(rest, side.confidence, side.how, side.tokens) if rest else Side()

    def _people_at(self, j: int) -> Side:
        """Whom a token stands for, with everybody coordinated."""
        if j not in self._people:
            agents = self.sides.group(j, agent=True)
            found = agents or self.sides.group(j, agent=False)
            self._people[j] = Side() if self._begins_a_name(j) else found
        return self._people[j]

    def _begins_a_name(self, j: int) -> bool:
        """True for a capital in a longer name that nobody knows: "Washington Wizards"."""
        tree, annotated = self.tree, self.tree.annotated
        if self.kinds.known[j] != "state" or j + 1 >= len(tree) or tree.pos[j + 1] != "PROPN":
            return False
        known = j + 1 in annotated.actors or j + 1 in annotated.places or j + 1 in annotated.venues
        if known or tree.lower[j + 1] in TIMES or not annotated.doc[j + 1].text[:1].isupper():
            return False
        ids = annotated.actors[j]
        return any(self.cast.entities[x].name.lower() != tree.lower[j] for x in ids)


def _of(chances: Mapping[tuple[str, ...], float], side: Side) -> float:
    """The chance of those who share somebody with a side."""
    ids = set(side.ids)
    return sum(chance for who, chance in chances.items() if not ids.isdisjoint(who))


def _spread(numbers: list[int], chances: list[float], size: int) -> list[float]:
    """Chances at their numbers, and nothing elsewhere."""
    found = [0.0] * size
    for number, chance in zip(numbers, chances, strict=True):
        found[number] = chance
    return found
