"""One language pipeline and one world for all tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.extraction.actors import annotate
from kg.language.pipeline import load_pipeline
from kg.records import Document, PartialDate
from kg.reference.world import load_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from kg.extraction.annotation import Annotated
    from kg.reference.world import World


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def read(nlp: Language, world: World) -> Callable[..., Annotated]:
    """Annotate a text: read(text, title="", day="2025-03-01")."""

    def run(text: str, title: str = "", day: str = "2025-03-01") -> Annotated:
        return annotate(
            Document(text=text, title=title, published=PartialDate.parse(day)), nlp, world
        )

    return run
