"""Sport, science, weather, finance, cooking and traffic hold no diplomacy, however they sound."""

from pathlib import Path

import pytest

from kg.evaluation import load_gold
from kg.records import Document

NONE = Path(__file__).resolve().parent.parent / "documents" / "none"


def told(reading):
    return [f"{event.rule}: {event.evidence.quote}" for event in reading.events]


def test_ten_documents_without_diplomacy_hold_at_most_one_event(reader):
    gold = load_gold(NONE)
    assert len(gold) == 10
    assert not any(item.annotation["events"] for item in gold)
    found = [line for item in gold for line in told(reader.read(item.document))]
    assert len(found) <= 1, found


@pytest.mark.parametrize(
    "text",
    [
        "Germany beat France 2-1 in Berlin on Tuesday; the visitors attacked until the end.",
        "Shares in France fell while yields in Germany rose, and Italy's banks came under fire.",
        "A storm hit Denmark and threatened Sweden on Friday.",
        "Washington Wizards signed a guard from London; Paris Hilton praised the deal.",
        "The turkey was stuffed with chestnuts from Spain and served with a sauce from Hungary.",
    ],
)
def test_nations_in_play_markets_weather_and_kitchens_do_nothing_to_each_other(reader, text):
    assert told(reader.read(Document(text=text))) == []
