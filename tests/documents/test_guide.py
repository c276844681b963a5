"""docs/how-to/read-documents.md says what the code does."""

import re
from pathlib import Path

from kg.documents import media_types, reader_for
from kg.sources import known_suffixes
from kg.sources.media import is_known

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "read-documents.md"


def section(title: str) -> str:
    return GUIDE.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_guide_lists_every_suffix():
    listed = set(re.findall(r"`(\.\w+(?:\.\w+)?)`", section("Formats")))
    assert listed == set(known_suffixes(named=True))


def test_everything_that_is_collected_can_be_read():
    assert all(is_known(media_type) for media_type in media_types())
    assert all(callable(reader_for(media_type)) for media_type in media_types())


def test_the_guide_names_every_origin_of_a_date():
    origins = section("The publication date")
    rooms = Path(__file__).parents[2] / "kg" / "documents"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(rooms.glob("*.py")))
    constants = re.findall(
        r'^(?:DATE|HEADER|DATELINE|DATE_LINE|FRONT_MATTER|ORIGIN) = "(.+)"', code, re.M
    )
    assert len(constants) >= 8
    for origin in (*constants, "option", "json-ld", "time element", "url"):
        assert f"`{origin}`" in origins
