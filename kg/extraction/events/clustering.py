"""One event per act: restatements become further evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.tree import Tree
    from kg.reference.schemes import EventType

__all__ = ["cluster"]


def cluster(drafts: list[Draft], tree: Tree, types: Mapping[str, EventType]) -> list[Draft]:
    """Fold restatements into the draft that states the act best.

    Two drafts tell one act when class, sides and modality agree, their dates do not exclude each
    other, and they share an issue and either the sentence, the words of the trigger or a heading.
    """
    kept: list[Draft] = []
    by_key: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        key = (
            types[draft.type].top,
            " ".join(sorted(draft.actor.ids)),
            " ".join(sorted(draft.recipient.ids)),
            draft.modality.status.value,
        )
        same = next((d for d in by_key.get(key, []) if _same_act(d, draft, tree)), None)
        if same is None:
            kept.append(draft)
            by_key.setdefault(key, []).append(draft)
            continue
        _absorb(same, draft, tree)
    return kept


def _same_act(one: Draft, two: Draft, tree: Tree) -> bool:
    if one.sentence == two.sentence:
        return True
    if one.date and two.date and not _compatible(one, two):
        return False
    sentences = tree.annotated.sentences
    if "heading" in (sentences[one.sentence].kind, sentences[two.sentence].kind):
        return True
    if not {i.code for i in one.issues} & {i.code for i in two.issues}:
        return False
    return one.type == two.type and tree.lemma[one.trigger[0]] == tree.lemma[two.trigger[0]]


def _compatible(one: Draft, two: Draft) -> bool:
    a, b = str(one.date), str(two.date)
    return a.startswith(b) or b.startswith(a)


def _absorb(kept: Draft, other: Draft, tree: Tree) -> None:
    sentences = tree.annotated.sentences
    if kept.sentence != other.sentence and other.sentence not in kept.also:
        kept.also.append(other.sentence)
    if sentences[kept.sentence].kind == "heading" and sentences[other.sentence].kind != "heading":
        kept.also.remove(other.sentence)
        kept.also.insert(0, kept.sentence)
        kept.sentence, kept.trigger, kept.host = other.sentence, other.trigger, other.host
        kept.venue, kept.place = other.venue or kept.venue, other.place or kept.place
        kept.date, kept.date_origin = other.date or kept.date, other.date_origin or kept.date_origin
    if kept.date is None and other.date is not None:
        kept.date, kept.date_origin = other.date, other.date_origin
    kept.confidence = max(kept.confidence, other.confidence)
    kept.venue = kept.venue or other.venue
    kept.place = kept.place or other.place
