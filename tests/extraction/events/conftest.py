import pytest

from kg.extraction.coder import AnalystExtractor
from kg.records import Document, PartialDate
from kg.reference.schemes import event_types


@pytest.fixture(scope="session")
def extractor():
    return AnalystExtractor()


@pytest.fixture(scope="session")
def told(extractor):
    """What a text tells, as lines: "accuse: Macron > Trump [asserted]"."""

    def read(text, published="2025-06-15", title=""):
        document = Document(text=text, title=title, published=PartialDate.parse(published))
        reading = extractor.read(document)

        def side(ids):
            return ", ".join(sorted(reading.by_id[i].name for i in ids))

        return [
            f"{event_types()[e.type].top}: {side(e.actors)} > {side(e.recipients)} [{e.modality}]"
            for e in reading.events
        ]

    return read
