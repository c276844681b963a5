"""The seam between finding actors and finding events: a parsed text that knows its actors.

Actors are masked before parsing: each mention of an actor (title and name together) is one token
of ``Annotated.doc``, which made dependency parses markedly better. Everything is reached through
this class, so that nothing else needs to know how masking works.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.records import Document, Entity, OfficeStatement, Span

__all__ = ["Annotated", "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or line, in broken text).

    Attributes:
        span: where it stands in the document's text; used as evidence.
        first, last: its tokens are ``doc[first:last]``.
        kind: "prose", "heading", "list" or "turn" (first sentence of a speaker's turn).
        speaker: entity ids for whom "I" (one id) or "we" stand here: the speaker of a transcript's
            turn, the author of a statement, whoever is quoted in a sentence that is a quotation
            throughout; empty when unknown.
        quoted: true when the sentence lies inside quotation marks opened earlier.
    """

    span: Span
    first: int
    last: int
    kind: str = "prose"
    speaker: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(slots=True)
class Annotated:
    """A document, its masked parse and its actors.

    A title, a name and an apposition ("Kaja Kallas, the EU's foreign policy chief,") are one token;
    so are "US officials", "British and French forces" (two actors), "the bloc", "both sides".
    Bullets, datelines and speakers' labels have no tokens, but mentions in them count. States named
    inside a title are mentions of their entity without a token of their own.

    Attributes:
        doc: spaCy Doc in which each actor mention is one token.
        offsets: for each token its (start, end) in ``document.text``.
        actors: token index → entity ids it stands for: names, metonyms, descriptions, groups
            ("both sides", "the eight governments") and resolved pronouns.
        nominal: indexes of those tokens that are mentions (not pronouns).
        link_confidence: token index → 0..1, how sure the link is; absent means 1.
        places: token index → name, for tokens that name a place where something happens; for
            a venue's token the town it is held in, when name or reference data tell.
        venues: token index → name, for conferences, forums and channels.
        adjectives: token index → entity ids of the state a nationality adjective ("French") belongs
            to; only for adjectives that are tokens of their own.
        implied: ids of entities that have no nominal mention (only an adjective, "I", or officials'
            nationality stands for them): to be left out of a reading in which no event needs them.
        towns: token index → ids of the place it names.
        generic: unnamed people and groups are actors here, and so politics at home is read, too.
    """

    document: Document
    doc: Doc
    offsets: list[tuple[int, int]]
    sentences: tuple[Sentence, ...]
    entities: dict[str, Entity]
    offices: tuple[OfficeStatement, ...] = ()
    actors: dict[int, tuple[str, ...]] = field(default_factory=dict)
    nominal: set[int] = field(default_factory=set)
    link_confidence: dict[int, float] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    venues: dict[int, str] = field(default_factory=dict)
    adjectives: dict[int, tuple[str, ...]] = field(default_factory=dict)
    implied: set[str] = field(default_factory=set)
    towns: dict[int, tuple[str, ...]] = field(default_factory=dict)
    generic: bool = False

    def span_of(self, first: Token | int, last: Token | int | None = None) -> Span:
        """The characters from token ``first`` to token ``last`` (inclusive) as a span."""
        i = first if isinstance(first, int) else first.i
        j = i if last is None else last if isinstance(last, int) else last.i
        return self.document.span(self.offsets[i][0], self.offsets[j][1])

    def sentence_of(self, token: Token | int) -> Sentence:
        """The sentence that holds a token; KeyError when none does."""
        i = token if isinstance(token, int) else token.i
        low, high = 0, len(self.sentences) - 1
        while low <= high:
            middle = (low + high) // 2
            sentence = self.sentences[middle]
            if i < sentence.first:
                high = middle - 1
            elif i >= sentence.last:
                low = middle + 1
            else:
                return sentence
        raise KeyError(i)
