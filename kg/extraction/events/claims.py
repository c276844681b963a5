"""Claims: what somebody maintains about an issue, and which statement it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Claim, Modality, Span
from kg.reference.schemes import event_types

if TYPE_CHECKING:
    from kg.extraction.annotation import Annotated
    from kg.extraction.events.drafts import Draft

__all__ = ["read_claims"]

_SPOKEN = frozenset(("accuse", "reject", "support", "threaten", "request"))
_REACH = 4


def read_claims(annotated: Annotated, drafts: list[Draft]) -> tuple[Claim, ...]:
    """One claim for each asserted act of speech, with the earlier claim it rebuts.

    The gist is the sentence that states the act; its polarity is that of the act.
    """
    types = event_types()
    claims: list[Claim] = []
    spoken: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.trigger):
        kind = types[draft.type]
        if kind.top not in _SPOKEN or draft.modality is not Modality.ASSERTED or not draft.issues:
            continue
        rebuts = _rebutted(annotated, draft, spoken) if kind.top == "reject" else None
        gist = annotated.sentences[draft.sentence].span
        code = draft.issues[0].code
        claims.extend(Claim(who, code, kind.polarity, gist, rebuts) for who in draft.actor.ids)
        spoken.append(draft)
    return tuple(claims)


def _rebutted(annotated: Annotated, draft: Draft, spoken: list[Draft]) -> Span | None:
    """The latest earlier statement by a recipient, near enough to be the one that is answered."""
    for other in reversed(spoken):
        if draft.sentence - other.sentence > _REACH:
            return None
        if set(other.actor.ids) & set(draft.recipient.ids) and other.sentence != draft.sentence:
            return annotated.sentences[other.sentence].span
    return None
