"""The tables of codes point only at what exists."""

from __future__ import annotations

from kg.feeds import vocabulary as v
from kg.feeds.layouts import KINDS
from kg.reference.schemes import event_types, issues


def test_every_code_has_a_type_that_exists():
    roots = [f"{number:02d}" for number in range(1, 21)]
    kinds = {v.type_of_cameo(root) for root in roots}
    assert None not in kinds
    assert kinds - {""} <= event_types().keys()
    assert {v.type_of_cameo(code) for code in v._cameo()} - {""} <= event_types().keys()
    assert set(v.plover_types().values()) <= event_types().keys()


def test_types_keep_the_sign_of_their_root():
    """Roots 03-08 cooperate, 09 and 11-20 confront (10 demands confront here, too)."""
    for code in v._cameo():
        kind = v.type_of_cameo(code)
        if kind and code[:2] not in ("01", "02", "04"):
            expected = 1 if "03" <= code[:2] <= "08" else -1
            assert event_types()[kind].sign == expected, code


def test_every_issue_exists():
    contexts = {name for name, _ in v.contexts()}
    named = {
        *(v.about_cameo(code) for code in v._cameo()),
        *v.plover_contexts().values(),
        *v.portfolios("icews").values(),
        *v.portfolios("office").values(),
    }
    assert named - {""} - contexts <= issues().keys()
    assert set(v.contexts().values()) | set(v.themes().values()) <= issues().keys()
    assert all((context, "*") in v.contexts() for context in contexts)


def test_every_entity_exists(world):
    entities = {*v.countries("cameo").values(), *v.countries("name").values(), *v.groups().values()}
    entities |= {party for _, party in v.contexts()} - {"*"}
    assert entities <= world.actors.keys()
    assert set(v.cow_codes().values()) <= {actor.iso3 for actor in world.actors.values()}


def test_every_kind_has_a_coder():
    assert set(KINDS) <= v.coders().keys()
    assert all(0 < coder.prior <= 1 for coder in v.coders().values())
