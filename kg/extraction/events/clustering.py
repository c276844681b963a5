"""One event per act: restatements become further evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extraction.annotation import Sentence
    from kg.extraction.events.drafts import Draft
    from kg.extraction.events.restatements import Restatements
    from kg.extraction.events.tree import Tree
    from kg.reference.schemes import EventType

__all__ = ["cluster"]

_LEADING, _LATEST = 4, 8  # earlier joint acts that are compared: those of the lead and the last


def cluster(
    drafts: list[Draft],
    tree: Tree,
    types: Mapping[str, EventType],
    restated: Restatements | None = None,
) -> list[Draft]:
    """Fold restatements into the draft that states the act best.

    Two drafts tell one act when class, sides and modality agree, their dates do not exclude each
    other, and they share an issue and either the sentence, the words of the trigger or a heading.
    Joint acts may name groups in one place and their people in another (``restated``).
    """
    kept: list[Draft] = []
    by_key: dict[tuple[str, ...], list[Draft]] = {}
    joint: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        if restated is not None:
            restated.mutual(draft)
        key = (
            types[draft.type].top,
            " ".join(sorted(draft.actor.ids)),
            " ".join(sorted(draft.recipient.ids)),
            draft.modality.status.value,
        )
        same = next((d for d in by_key.get(key, []) if _same_act(d, draft, tree)), None)
        if same is None and restated is not None and draft.joint:
            same = _restated(joint.setdefault((key[0], key[3]), []), draft, restated)
        if same is None:
            if draft.joint:
                joint.setdefault((key[0], key[3]), []).append(draft)
            kept.append(draft)
            by_key.setdefault(key, []).append(draft)
            continue
        _absorb(same, draft, tree)
    return kept


def _restated(earlier: list[Draft], draft: Draft, restated: Restatements) -> Draft | None:
    """The earlier joint act that a draft tells again under closer or wider names."""
    near = earlier[:_LEADING] + earlier[max(_LEADING, len(earlier) - _LATEST) :]
    for other in near:
        if other.date and draft.date and not _compatible(other, draft):
            continue
        if restated.same(other, draft):
            restated.unite(other, draft)
            return other
    return None


def _is_highlight(draft: Draft, tree: Tree) -> bool:
    """True for "* Trump threatens Spain" above the report: an item in the present tense."""
    item = tree.annotated.sentences[draft.sentence].kind == "list"
    return item and tree.tag[draft.host] == "VBZ"


def _same_act(one: Draft, two: Draft, tree: Tree) -> bool:
    if one.sentence == two.sentence:
        return True
    if one.date and two.date and not _compatible(one, two):
        return False
    sentences = tree.annotated.sentences
    if "heading" in (sentences[one.sentence].kind, sentences[two.sentence].kind):
        return True
    if _is_highlight(one, tree) != _is_highlight(two, tree):
        return True
    if not {i.code for i in one.issues} & {i.code for i in two.issues}:
        return False
    return one.type == two.type and tree.lemma[one.trigger[0]] == tree.lemma[two.trigger[0]]


def _compatible(one: Draft, two: Draft) -> bool:
    a, b = str(one.date), str(two.date)
    return a.startswith(b) or b.startswith(a)


def _is_head(sentence: Sentence) -> bool:
    """True for headings, and for lines that end like one."""
    text = sentence.span.quote.rstrip()
    return sentence.kind == "heading" or text[-1:].isalnum()


def _absorb(kept: Draft, other: Draft, tree: Tree) -> None:
    sentences = tree.annotated.sentences
    if kept.sentence != other.sentence and other.sentence not in kept.also:
        kept.also.append(other.sentence)
    if _is_head(sentences[kept.sentence]) and not _is_head(sentences[other.sentence]):
        kept.also.remove(other.sentence)
        kept.also.insert(0, kept.sentence)
        kept.sentence, kept.trigger, kept.host = other.sentence, other.trigger, other.host
        kept.venue, kept.place = other.venue or kept.venue, other.place or kept.place
        kept.date, kept.date_origin = other.date or kept.date, other.date_origin or kept.date_origin
    if other.date is not None and len(str(kept.date or "")) < len(str(other.date)):
        kept.date, kept.date_origin = other.date, other.date_origin
    if other.confidence > kept.confidence:
        kept.type, kept.rule, kept.chances = other.type, other.rule, other.chances
        kept.confidence = other.confidence
    kept.venue = kept.venue or other.venue
    kept.place = kept.place or other.place
