"""``check`` warns of what cannot be in the reference data, and on demand of what is missing."""

import pytest

from kg.workspace import open_graph

RIVAL = (
    "person,office,polity,start,end\n"
    "Nemo Nautilus,President of France,France,2013-01-01,2013-02-01\n"
)


@pytest.fixture
def reports(tmp_path):
    """The findings of the check "reference" with a table on top of our data."""

    def run(table: str, **options: bool) -> list[str]:
        overlay = tmp_path / "mine.csv"
        overlay.write_text(table, "utf-8")
        with open_graph(None, overlays=(overlay,)) as graph:
            report = graph.check(**options)
        assert report.passed
        assert "reference" in report.checks
        return [f.message for f in report.findings if f.check == "reference"]

    return run


def test_two_presidents_at_once_are_told(reports):
    (message,) = reports(RIVAL)
    assert "overlap" in message
    assert "Nemo Nautilus" in message


def test_our_own_data_hold_no_contradiction(reports):
    harmless = RIVAL.replace("President of France", "Minister of the Seas of France")
    assert reports(harmless) == []


def test_gaps_are_told_only_on_demand(reports):
    harmless = RIVAL.replace("President of France", "Minister of the Seas of France")
    assert any(message.startswith("gap") for message in reports(harmless, reference=True))


def test_an_open_tenure_with_a_successor_is_told(reports):
    (message,) = reports(RIVAL.replace("2013", "2019"))
    assert message.startswith("open-though-succeeded: Emmanuel Macron")
