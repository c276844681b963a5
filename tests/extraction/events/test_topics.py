"""Issues: what an act is about outweighs who takes part in it."""

import pytest

from kg.records import Document, PartialDate


def codes(extractor, text, title=""):
    document = Document(text=text, title=title, published=PartialDate(2020, 7, 15))
    events = extractor.read(document).events
    assert events, text
    return {issue.code for issue in events[0].issues}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO condemned the ethnic cleansing in Kosovo by Serbia.", {"other"}),
        ("John Major criticised Bill Clinton over a visa for Gerry Adams, the leader of Sinn Fein.",
         {"other"}),
        ("Belarus is wrong about nuclear disarmament, France said. "
         "France criticised Belarus over its ballistic missiles.", {"nuclear"}),
        ("The United States threatened Germany over the International Criminal Court.",
         {"human-rights-values", "un-multilateralism"}),
        ("The United States urged Britain to ban Huawei from its 5G networks.",
         {"china", "tech-ai"}),
    ],
)  # fmt: skip
def test_the_subject_matter_decides(extractor, text, expected):
    assert codes(extractor, text) == expected


def test_a_courtesy_in_the_title_does_not_hide_the_subject(extractor):
    text = "Angela Merkel criticised the United States over its tariffs on steel."
    assert codes(extractor, text, "State visit and partnership") == {"trade-tariffs"}
