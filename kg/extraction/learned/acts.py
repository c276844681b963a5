"""Acts that no frame tells, found by the learned models; and what they think of those found."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extraction.events.drafts import Chances, Draft
from kg.extraction.events.modality import is_purpose
from kg.extraction.learned.bearers import Bearers
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
    from kg.extraction.events.sides import Side, SideFinder
    from kg.extraction.events.tree import Tree
    from kg.extraction.frames import Lexicon
    from kg.extraction.learned.models import Models
    from kg.extraction.learned.parties import Told
    from kg.reference.schemes import EventType

__all__ = ["LearnedActs"]

_NONE = float(np.log(0.75))  # logarithm of the chance of no act with which a word is left alone
_FAINT = -7.0  # logarithm of the chance in context below which a candidate is left out
_LEAST_ACT = 0.25  # chance of an act of one polarity below which sides are not looked for
_LEAST = 0.1  # chance of act and actor together below which nothing is reported
_MUTUAL = frozenset(("consult", "agree", "cooperate"))
_AFTER = 3  # words after the head in which the rest of an expression may stand
_STRANGER = 0.8  # an organisation that nobody knows is less likely to act on others
_NOBODY: frozenset[Hashable] = frozenset()


class _Act(NamedTuple):
    """A word that tells an act, who may take part in it, and their features as far as made."""

    at: int
    top: str
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
        self.tree, self.cast, self.types = tree, cast, types
        self.lexicon, self.models = lexicon, models
        self.kinds = Kinds(tree, cast)
        self.wordings = Wordings(self.kinds, lexicon, types, load_expressions())
        self.parties = Parties(self.kinds)
        self.bearers = Bearers(self.kinds, sides)
        self.context = Context(self.kinds, models.encoder)
        self._told: deque[Told] = deque(maxlen=REMEMBERED)
        self._hostile: set[int] = set()

    def sentence(self, number: int, drafts: Sequence[Draft], taken: set[int]) -> list[Draft]:
        """Judge the drafts of a sentence, and find further acts in words that are not taken."""
        known: defaultdict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            known[draft.trigger[0]].append(draft)
        new = self._words(number, taken)
        hostile = (d for d in drafts if self._polarity(d.type) == POLARITY_OF["reject"])
        self._hostile = {t for draft in hostile for t in draft.trigger}
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

    def _polarity(self, notation: str) -> int:
        return POLARITY_OF[self.types[notation].top]

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
        candidates = act.scene.candidates
        at = next((j for j in draft.actor.tokens if j in candidates), None)
        seen = np.exp(self.context.actors(act.scene)).tolist()  # evidence only: no features
        does = _of(self.bearers.shares(candidates, seen), draft.actor)
        if draft.settled:
            likely = np.exp(self.context.recipients(act.scene, at)).tolist()
        else:
            likely = self._bearing(act, at, frozenset(draft.actor.ids))
        draft.likely = self.bearers.shares(candidates, likely)
        bears = _of(draft.likely, draft.recipient) if draft.recipient else likely[-1]
        draft.chances = Chances(float(acts.max()), does, bears)

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
        if top in ("reject", "threaten") and self._is_undone(i, top):
            return None
        act = self._act(i, top)
        candidates = act.scene.candidates
        at, actor, does = self.bearers.likeliest(candidates, self._doing(act), (), needed=False)
        if at is None:
            return None
        ids: frozenset[Hashable] = frozenset(actor.ids)
        likely = self._bearing(act, at, ids)
        needed = top not in OPEN
        _, recipient, bears = self.bearers.likeliest(candidates, likely, actor.ids, needed=needed)
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
        draft.refusal = top == "reject" and self.tree.negated(i)
        draft.chances, draft.likely = found, self.bearers.shares(candidates, likely)
        return draft

    def _is_undone(self, i: int, top: str) -> bool:
        """True for "did not rule out", and for "refused to condemn", whose complement is told."""
        if not self._hostile.isdisjoint(self.tree.children(i, "xcomp")):
            return True
        return self.tree.negated(i) and (top == "threaten" or self._names_hostility(i))

    def _names_hostility(self, i: int) -> bool:
        """True for "rule out", which is hostile as it stands; "accept" is where it is negated."""
        after = set(self.tree.lower[i + 1 : i + 1 + _AFTER])
        return any(
            self._polarity(frame.type) == POLARITY_OF["reject"] and after.issuperset(said.after)
            for frame, said in self.lexicon.heads.get(self.tree.lower[i], ())
            if "needs-negation" not in frame.flags and not said.before
        )

    def _stands_for_somebody(self, x: str) -> bool:
        """True for people, and for what belongs to a state or bloc: no club, no company."""
        person = self.cast.entities[x].kind is ActorKind.PERSON
        return person or bool(self.cast.polity(x))

    # ------------------------------------------------------------------ its sides

    def _act(self, i: int, top: str) -> _Act:
        candidates = self.parties.candidates(i)
        return _Act(i, top, self.context.scene(i, top, candidates), {})

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
        i, top, candidates = act.at, act.top, act.scene.candidates
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
