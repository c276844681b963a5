"""One extractor for all tests of the whole reader."""

import pytest

from kg.extraction.coder import AnalystExtractor


@pytest.fixture(scope="session")
def reader():
    return AnalystExtractor()
