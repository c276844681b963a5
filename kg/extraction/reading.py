"""All rules in order: from an annotated document to its events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.events.chorus import voices
from kg.extraction.events.clauses import agents
from kg.extraction.events.clustering import cluster
from kg.extraction.events.confidence import confidence, credible
from kg.extraction.events.dating import Timeline
from kg.extraction.events.finding import Finder
from kg.extraction.events.memory import Memory
from kg.extraction.events.modality import modality_of
from kg.extraction.events.people import Cast
from kg.extraction.events.repairs import mend
from kg.extraction.events.restatements import Restatements
from kg.extraction.events.setting import Setting
from kg.extraction.events.sides import SideFinder, merge
from kg.extraction.events.speech import Speech
from kg.extraction.events.topics import Topics
from kg.extraction.events.tree import Tree
from kg.extraction.events.words import CHARGE_NOUNS, DEED_NOUNS, MEASURE_NOUNS, REQUEST_NOUNS
from kg.extraction.frames import load_lexicon
from kg.extraction.learned import LearnedActs, load_models, rerank, stretches
from kg.records import ActorKind, EventMention, Span
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft
    from kg.extraction.learned import Ledger, Models
    from kg.records import Entity
    from kg.reference.world import World

__all__ = ["Reader", "read_events"]

_ANNOUNCEMENT = re.compile(
    r"\b(?:fact sheet|joint statement|statement (?:by|of|from|on)"
    r"|declaration|communiqu[eé]|press release"
    r"|remarks|conclusions|joint .*statement)\b",
    re.IGNORECASE,
)
DEEDS = CHARGE_NOUNS | DEED_NOUNS | MEASURE_NOUNS | REQUEST_NOUNS


def read_events(
    annotated: Annotated, world: World
) -> tuple[tuple[Entity, ...], tuple[EventMention, ...], list[Draft]]:
    """Entities (with those that only adjectives name), events and their drafts, of a document."""
    reader = Reader(annotated, world, load_models())
    drafts = reader.read()
    events = tuple(reader.mention(draft) for draft in drafts)
    used = {x for e in events for x in (*e.actors, *e.recipients)}
    return reader.cast.used(used), events, drafts


class Reader:
    """The rules and the learned models on one document."""

    def __init__(self, annotated: Annotated, world: World, models: Models) -> None:
        self.annotated, self.models = annotated, models
        self.types = event_types()
        self.lexicon = load_lexicon()
        self.tree = Tree(annotated, self.lexicon)
        mend(self.tree, self.lexicon.verbs)
        self.cast = Cast(annotated, world)
        self.sides = SideFinder(self.tree, self.cast)
        self.cast.voices = voices(annotated, self.tree, self.sides)
        self.memory = Memory(self.tree, self.types, self.cast.allied)
        self.memory.principal = self.cast.principal
        self.memory.behind = self.cast.behind_deeds
        self.memory.polity = self.cast.behind_persons
        self.memory.concerned = self.cast.concerned
        self.memory.foresee(self.sides.holder)
        self.finder = Finder(self.tree, self.sides, self.memory, self.lexicon)
        self.speech = Speech(self.tree, self.sides, self.memory, self.lexicon)
        self.learned = LearnedActs(
            self.tree, self.cast, self.sides, self.lexicon, self.types, models
        )
        self.announcing = self._announcing()
        self.timeline = Timeline(annotated, self.tree, self.announcing, self.cast.allied)
        self.topics = Topics(annotated)
        if self.timeline.digest:
            self.topics.forget_context()
        self.setting = Setting(annotated, self.tree, self.cast)
        if self.timeline.digest:
            self.setting.frame = None

    def _announcing(self) -> bool:
        """True when the author speaks in the text: most sentences have a first-person speaker."""
        sentences = self.annotated.sentences
        if _ANNOUNCEMENT.search(self.annotated.document.title):
            return True
        spoken = sum(1 for s in sentences if s.speaker)
        return bool(sentences) and spoken >= 0.5 * len(sentences)

    def read(self) -> list[Draft]:
        """Drafts with everything set, restatements folded."""
        found = self.drafts()
        for ledger, drafts in self.stretches(found):
            for draft in drafts:
                draft.fullness = ledger.fullness
            rerank(drafts, ledger, self.models)
        found = [draft for draft in found if not self._internal(draft)]
        for draft in found:
            draft.confidence = confidence(draft)
        told = cluster(found, self.tree, self.types, Restatements(self.tree, self.cast))
        return [draft for draft in told if credible(draft)]

    def stretches(self, drafts: list[Draft]) -> Iterator[tuple[Ledger, list[Draft]]]:
        """Drafts by stretches of the document, each with what it tells as a whole."""
        return stretches(self.learned.kinds, self.types, drafts)

    def drafts(self) -> list[Draft]:
        """All acts as their sentences tell them."""
        found: list[Draft] = []
        for number in range(len(self.annotated.sentences)):
            drafts = self.finder.sentence(number)
            taken = {t for d in drafts for t in d.trigger}
            spoken = self.speech.acts(number, taken)
            drafts += spoken
            self.memory.drafts.extend(spoken)
            drafts += self._learned(number, drafts)
            self.speech.note(number)
            self._observe(number)
            drafts.sort(key=lambda d: d.trigger[0])
            for draft in drafts:
                if self._internal(draft):
                    continue
                self._complete(draft)
                found.append(draft)
        return found

    def _learned(self, number: int, drafts: list[Draft]) -> list[Draft]:
        """Acts of a sentence in words that no rule has taken."""
        taken = {t for d in drafts for t in (*d.trigger, d.host)} | self.finder.consumed
        sentence, home = self.annotated.sentences[number], self.memory.home
        own = (i for i in range(sentence.first, sentence.last) if i in home)
        taken |= {self.tree.head[i] for i in own}  # what is said at home of one's own deeds
        drafts.sort(key=lambda d: d.trigger[0])
        return self.learned.sentence(number, drafts, taken)

    def _observe(self, number: int) -> None:
        """Remember whose deeds the sentence names and who acts in its main clause."""
        sentence = self.annotated.sentences[number]
        for i in range(sentence.first, sentence.last):
            if self.tree.lower[i] in DEEDS and i not in self.annotated.actors:
                owner = self.sides.holder(i)
                if owner:
                    self.memory.own(i, owner, number)
            if self.tree.head[i] == i and self.tree.is_verb(i):
                agent = merge([self.sides.group(a, agent=True) for a in agents(self.tree, i)])
                if agent:
                    self.memory.agents.append((number, agent))

    def _internal(self, draft: Draft) -> bool:
        return not draft.joint and self.cast.internal(draft.actor.ids, draft.recipient.ids)

    def _complete(self, draft: Draft) -> None:
        top = self.types[draft.type].top
        draft.modality = modality_of(self.tree, draft, top, self.announcing)
        self.timeline.date(draft)
        draft.issues = self.topics.of(draft, self._span(draft))
        self.setting.set(draft, top)
        draft.speaker = self._reporter(draft)
        draft.confidence = confidence(draft)

    def _span(self, draft: Draft) -> tuple[int, int]:
        offsets = self.annotated.offsets
        return offsets[draft.trigger[0]][0], offsets[draft.trigger[-1]][1]

    def _reporter(self, draft: Draft) -> str | None:
        side = self.speech.speaker(draft.host)
        if not side or set(side.ids) & set(draft.actor.ids):
            return None
        if not side.tokens and not self._is_person(side.ids[0]):  # the document's own author
            return None
        return side.ids[0]

    def _is_person(self, entity_id: str) -> bool:
        return self.cast.entities[entity_id].kind is ActorKind.PERSON

    def mention(self, draft: Draft) -> EventMention:
        """The finished record."""
        spans: list[Span] = [self.annotated.sentences[n].span for n in draft.also]
        return EventMention(
            type=draft.type,
            actors=draft.actor.ids,
            recipients=draft.recipient.ids,
            evidence=self.annotated.sentences[draft.sentence].span,
            trigger=self.annotated.span_of(draft.trigger[0], draft.trigger[-1]),
            modality=draft.modality,
            confidence=draft.confidence,
            rule=draft.rule,
            date=draft.date,
            date_origin=draft.date_origin,
            venue=draft.venue,
            place=draft.place,
            issues=draft.issues,
            speaker=draft.speaker,
            also=tuple(spans),
        )
