"""What the reranker learns from: acts as the first look found them, and whom they were aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligning import numbers_in, told_in
from passages import documents

from kg.extraction.actors import annotate_many
from kg.extraction.learned.kinds import Kinds
from kg.extraction.learned.models import POLARITY_OF
from kg.extraction.learned.reranking import Options
from kg.extraction.reading import Reader
from kg.language.pipeline import load_pipeline
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from passages import Act, Passage
    from rows import Choice

    from kg.extraction.events.drafts import Draft
    from kg.extraction.learned.models import Models


def reread(passages: Sequence[Passage], models: Models) -> Iterator[Choice]:
    """The options of each act that ``models`` or a rule finds, and which of them are right.

    ``models`` must not have learned from these passages: the reranker has to see the first look's
    true mistakes (stacking, Wolpert 1992).
    """
    world = load_world()
    annotated = annotate_many(documents(passages), load_pipeline(), world)
    for passage, found in zip(passages, annotated, strict=True):
        reader = Reader(found, world, models)
        drafts = reader.drafts()
        gold = _Gold(passage, reader)
        for ledger, part in reader.stretches(drafts):
            for draft in part:
                act = None if draft.joint else gold.act(draft)
                right = gold.targets(act) if act else None
                if right is not None:
                    options = Options(draft, ledger)
                    hits = [not right.isdisjoint(ids) for ids in options.ids]
                    hits[-1] = not any(hits)
                    yield list(zip(options.rows(), hits, strict=True))


class _Gold:
    """The annotated acts of one passage in terms of the reader's tokens and entities."""

    def __init__(self, passage: Passage, reader: Reader) -> None:
        kinds = Kinds(reader.tree, reader.cast)
        self._told: Mapping[int, Act] = told_in(passage, kinds)
        self._sentence, self._types = reader.tree.sentence, reader.types
        self._entities: dict[int, set[str]] = {}
        for i, numbers in numbers_in(passage, kinds).items():
            ids = reader.annotated.actors.get(i) or reader.cast.at(i)
            if len(numbers) == 1 and len(ids) == 1:  # of groups nobody knows who is who
                self._entities.setdefault(next(iter(numbers)), set()).update(ids)

    def _ids(self, numbers: frozenset[int]) -> set[str]:
        return {x for number in numbers for x in self._entities.get(number, ())}

    def act(self, draft: Draft) -> Act | None:
        """The nearest act of the draft's sentence with its polarity and its actor."""
        polarity = POLARITY_OF[self._types[draft.type].top]
        near = [
            (abs(i - draft.trigger[0]), act)
            for i, act in self._told.items()
            if self._sentence[i] == draft.sentence
            and POLARITY_OF[act.top] == polarity
            and self._ids(act.sources) & set(draft.actor.ids)
        ]
        return min(near, key=lambda found: found[0], default=(0, None))[1]

    def targets(self, act: Act) -> set[str] | None:
        """Entities that an act is aimed at; None when the reader does not know the one meant."""
        targets = act.targets - act.sources or act.targets
        found = self._ids(targets)
        return found if found or not targets else None
