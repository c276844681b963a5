"""What the first look at acts and sides learns from: features of words and of candidates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from aligning import numbers_in, told_in
from encoding import Example, example
from passages import documents

from kg.extraction.actors import annotate_many
from kg.extraction.events.people import Cast
from kg.extraction.events.repairs import mend
from kg.extraction.events.tree import Tree
from kg.extraction.frames import load_lexicon
from kg.extraction.learned.expressions import load_expressions
from kg.extraction.learned.kinds import Kinds
from kg.extraction.learned.models import OUTCOME
from kg.extraction.learned.parties import REMEMBERED, Parties, Told
from kg.extraction.learned.wordings import Wordings
from kg.language.pipeline import load_pipeline
from kg.reference.schemes import event_types
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from passages import Act, Passage

    from kg.extraction.learned.pieces import WordPieces


Choice = list[tuple[list[str], bool]]
"""The features of those who may be meant, nobody last, and which of them are right."""


class Prepared(NamedTuple):
    """A passage as the models see it, with its acts by token and who its tokens stand for."""

    kinds: Kinds
    parties: Parties
    wordings: Wordings
    told: dict[int, Act]
    numbers: dict[int, frozenset[int]]

    def words(self) -> list[int]:
        """The tokens that may tell an act."""
        return [i for i in range(len(self.kinds.tree)) if self.kinds.may_tell(i)]

    def top(self, i: int) -> int:
        """The number of the class of the act that token ``i`` tells, 0 for none."""
        return OUTCOME[self.told[i].top] if i in self.told else 0


class Sides(NamedTuple):
    """One act, who may take part in it, and who does."""

    at: int
    top: str
    actor: int | None
    candidates: list[int]
    actors: Choice
    recipients: Choice


@dataclass
class Rows:
    """What the models learn from.

    Attributes:
        acts: features of a word and the number of its class, 0 for none.
        actors, recipients: for each act the features of its candidates, and which are right.
        examples: each passage as the encoder sees it.
    """

    acts: list[tuple[list[str], int]] = field(default_factory=list)
    actors: list[Choice] = field(default_factory=list)
    recipients: list[Choice] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)

    def with_those_of(self, other: Rows) -> Rows:
        """Both together."""
        return Rows(
            self.acts + other.acts,
            self.actors + other.actors,
            self.recipients + other.recipients,
            self.examples + other.examples,
        )


def prepared(passages: Sequence[Passage]) -> Iterator[Prepared]:
    """The passages, read as far as the models need."""
    world, lexicon = load_world(), load_lexicon()
    types, expressions = event_types(), load_expressions()
    annotated = annotate_many(documents(passages), load_pipeline(), world)
    for passage, found in zip(passages, annotated, strict=True):
        tree = Tree(found, lexicon)
        mend(tree, lexicon.verbs)
        kinds = Kinds(tree, Cast(found, world))
        wordings = Wordings(kinds, lexicon, types, expressions)
        told, numbers = told_in(passage, kinds), numbers_in(passage, kinds)
        yield Prepared(kinds, Parties(kinds), wordings, told, numbers)


def rows_of(passages: Sequence[Passage], pieces: WordPieces) -> Rows:
    """The features of all passages, and their words as pieces."""
    rows = Rows()
    for one in prepared(passages):
        words = one.words()
        rows.acts += [(one.wordings.of(i), one.top(i)) for i in words]
        found = list(sides(one))
        rows.actors += [act.actors for act in found]
        rows.recipients += [act.recipients for act in found]
        rows.examples.append(example(one.kinds, pieces, [(i, one.top(i)) for i in words], found))
    return rows


def sides(given: Prepared) -> Iterator[Sides]:
    """The acts of a passage in order, with the features of all who may take part."""
    parties, told, numbers = given.parties, given.told, given.numbers
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
        plain = parties.among(i, act.top, candidates, None, candidates)
        known = parties.among(i, act.top, candidates, at, candidates)
        for j, own, one, two in zip(candidates, alone, plain, known, strict=True):
            who = numbers.get(j, nobody)
            doer = act.sources if at is not None else nobody
            first = parties.history(act.top, who, nobody, before)
            second = parties.history(act.top, who, doer, before)
            actors.append((own + one + first, bool(who & act.sources)))
            recipients.append((own + two + second, bool(who & targets) and j != at))
        nil = parties.nobody(i, act.top)
        actors.append((nil, not any(right for _, right in actors)))
        recipients.append((nil, not any(right for _, right in recipients)))
        yield Sides(i, act.top, at, candidates, actors, recipients)
        before = [*before, (act.sources, act.targets, act.top)][-REMEMBERED:]
