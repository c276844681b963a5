"""What the first look at acts and sides learns from: features of words and of candidates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligning import numbers_in, told_in
from passages import documents

from kg.extraction.actors import annotate_many
from kg.extraction.events.people import Cast
from kg.extraction.events.repairs import mend
from kg.extraction.events.tree import Tree
from kg.extraction.frames import load_lexicon
from kg.extraction.learned.expressions import load_expressions
from kg.extraction.learned.kinds import Kinds
from kg.extraction.learned.models import CLASSES
from kg.extraction.learned.parties import REMEMBERED, Parties, Told
from kg.extraction.learned.wordings import Wordings
from kg.language.pipeline import load_pipeline
from kg.reference.schemes import event_types
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from passages import Act, Passage


@dataclass
class Rows:
    """What the models learn from.

    Attributes:
        acts: features of a word and the number of its class, 0 for none.
        actors, recipients: for each act the features of its candidates, and which are right.
    """

    acts: list[tuple[list[str], int]] = field(default_factory=list)
    actors: list[list[tuple[list[str], bool]]] = field(default_factory=list)
    recipients: list[list[tuple[list[str], bool]]] = field(default_factory=list)

    def with_those_of(self, other: Rows) -> Rows:
        """Both together."""
        return Rows(
            self.acts + other.acts,
            self.actors + other.actors,
            self.recipients + other.recipients,
        )


def rows_of(passages: Sequence[Passage]) -> Rows:
    """The features of all passages."""
    rows, world, lexicon = Rows(), load_world(), load_lexicon()
    types, expressions = event_types(), load_expressions()
    annotated = annotate_many(documents(passages), load_pipeline(), world)
    for passage, found in zip(passages, annotated, strict=True):
        tree = Tree(found, lexicon)
        mend(tree, lexicon.verbs)
        kinds = Kinds(tree, Cast(found, world))
        wordings = Wordings(kinds, lexicon, types, expressions)
        told = told_in(passage, kinds)
        rows.acts += [
            (wordings.of(i), CLASSES.index(told[i].top) + 1 if i in told else 0)
            for i in range(len(tree))
            if kinds.may_tell(i)
        ]
        _sides(rows, Parties(kinds), told, numbers_in(passage, kinds))
    return rows


def _sides(
    rows: Rows, parties: Parties, told: dict[int, Act], numbers: dict[int, frozenset[int]]
) -> None:
    sentence = parties.tree.sentence
    before: list[Told] = []
    nobody: frozenset[int] = frozenset()
    for i, act in sorted(told.items()):
        candidates = parties.candidates(i)
        does = [j for j in candidates if numbers.get(j, nobody) & act.sources]
        at = min(does, key=lambda j: (sentence[j] != sentence[i], abs(j - i)), default=None)
        alone = [parties.alone(i, act.top, j) for j in candidates]
        targets = act.targets - act.sources or act.targets
        actors, recipients = [], []
        plain = parties.among(i, act.top, candidates, None)
        known = parties.among(i, act.top, candidates, at)
        for j, own, one, two in zip(candidates, alone, plain, known, strict=True):
            who = numbers.get(j, nobody)
            doer = act.sources if at is not None else nobody
            first = parties.history(act.top, who, nobody, before)
            second = parties.history(act.top, who, doer, before)
            actors.append((own + one + first, bool(who & act.sources)))
            recipients.append((own + two + second, bool(who & targets) and j != at))
        nil = parties.nobody(i, act.top)
        rows.actors.append([*actors, (nil, not any(right for _, right in actors))])
        rows.recipients.append([*recipients, (nil, not any(right for _, right in recipients))])
        before = [*before, (act.sources, act.targets, act.top)][-REMEMBERED:]
