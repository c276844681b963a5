"""Pack events, sentences and names as rows and numbers, so that a page stays small.

A text that occurs often (a type, an outlet's reader, a place) stands once in ``words`` and is
referred to by its number. The order of the columns is that of ``data.js``, which unpacks them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.views.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.views.model import EventView, MentionView, NodeView, Sides

__all__ = ["Packer", "columns"]

Row = list[object]


def columns(rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    """Rows of equal keys turned by a right angle; an empty list becomes 0.

    >>> columns([{"a": 1, "b": []}, {"a": 2, "b": [3]}])
    {'a': [1, 2], 'b': [0, [3]]}
    """
    return {key: [row[key] or 0 for row in rows] for key in (rows[0] if rows else ())}


class Packer:
    """Numbers words, documents and stories as they come; give it things in a fixed order.

    Args:
        number: number of each node by its id.
    """

    def __init__(self, number: Mapping[str, int]) -> None:
        self._number = number
        self._words: dict[str, int] = {"": 0}
        self._documents: dict[tuple[str, ...], int] = {}
        self._stories: dict[str, int] = {}

    @property
    def words(self) -> list[str]:
        """All words, by number."""
        return list(self._words)

    @property
    def documents(self) -> list[list[str]]:
        """Title, outlet, day and source of each document, by number."""
        return [list(document[:4]) for document in self._documents]

    def actor(self, node: NodeView, key: str, short: str) -> Row:
        """key, label, short label (0 when the same), kind, polity, blocs, offices."""
        return [
            key,
            node.label,
            0 if short == node.label else short,
            self._word(node.kind),
            self._word(node.polity),
            [self._word(bloc) for bloc in node.blocs],
            [self._word(office) for office in node.offices],
        ]

    def event(self, event: EventView, key: str) -> Row:
        """One event, in the order of ``EVENT`` in data.js."""
        return [
            key,
            self._word(event.type),
            self._word(event.event_class),
            event.sign,
            round(event.intensity, 2),
            self._word(event.status),
            event.date or "",
            self._levels(event),
            [self._word(code) for code in sorted({issue.code for issue in event.issues})],
            self._word(event.place),
            self._word(event.venue),
            round(event.confidence, 3),
            [self._mention(mention) for mention in event.mentions],
        ]

    def _levels(self, event: EventView) -> list[object]:
        """Both sides at each level; 0 where they are those of the level before."""
        found = [self._sides(event.sides(level)) for level in LEVELS]
        return [0 if n and side == found[n - 1] else side for n, side in enumerate(found)]

    def _sides(self, both: Sides) -> list[object]:
        """Actors and recipients; a number stands for a list of one."""
        parts = [[self._number[one] for one in part] for part in (both.actors, both.recipients)]
        return [part[0] if len(part) == 1 else part for part in parts]

    def _mention(self, mention: MentionView) -> Row:
        origin = (mention.title, mention.outlet, mention.published or "", mention.source)
        document = (*origin, mention.document)
        story = mention.story or mention.document
        row = [mention.row, [[self._word(name), value] for name, value in mention.fields]]
        return [
            mention.quote,
            mention.before,
            mention.after,
            self._documents.setdefault(document, len(self._documents)),
            mention.start,
            mention.end,
            self._word(mention.modality),
            self._word(mention.speaker),
            round(mention.confidence, 3),
            self._word(mention.extractor),
            self._stories.setdefault(story, len(self._stories)),
            *(row if mention.row else ()),
        ]

    def _word(self, text: str) -> int:
        return self._words.setdefault(text, len(self._words))
