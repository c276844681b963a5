"""What the link of an entity to the reference data rests on, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import ActorKind

if TYPE_CHECKING:
    from kg.records import Entity
    from kg.reference.world import Actor

__all__ = ["link_reason"]


def link_reason(known: Actor, entity: Entity) -> str:
    """The strongest ground among an entity's mentions: full name, alias, surname, … or a title.

    Args:
        known: whom the reference data know by the IRI that the entity was linked to.
        entity: its mentions are compared with the names of ``known``, case aside.
    """
    texts = {_fold(span.quote): span.quote for span in entity.mentions}
    grounds = (
        ("full name", (known.label,)),
        ("alias", known.aliases),
        ("surname only", (known.family_name,)),
        ("name that stands for it", known.metonyms),
        ("adjective or people", (*known.adjectives, *known.demonyms)),
    )
    for ground, names in grounds:
        for name in names:
            if name and _fold(name) in texts:
                return f"{ground}: {texts[_fold(name)]}"
    for name in (known.label, *known.aliases):
        inside = sorted(text for folded, text in texts.items() if _fold(name) in folded)
        if inside:
            return f"name with a title: {inside[0]}"
    if known.kind is ActorKind.PERSON and known.family_name:
        surname = _fold(known.family_name)
        ending = sorted(text for folded, text in texts.items() if folded.endswith(surname))
        if ending:
            return f"surname with a title: {ending[0]}"
    shown = min(entity.mentions).quote if entity.mentions else entity.name
    return f"described, not named: {shown}"


def _fold(text: str) -> str:
    return " ".join(text.casefold().removeprefix("the ").split())
