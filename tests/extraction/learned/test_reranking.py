"""The second look: whom an act is aimed at, by the whole document."""

import pytest

from kg.extraction.actors import annotate
from kg.extraction.coder import AnalystExtractor
from kg.extraction.events.drafts import Draft
from kg.extraction.events.people import Cast
from kg.extraction.events.sides import Side
from kg.extraction.events.tree import Tree
from kg.extraction.frames import load_lexicon
from kg.extraction.learned import LearnedActs, Ledger, load_models, stretches
from kg.extraction.learned.kinds import Kinds
from kg.extraction.reading import Reader
from kg.language.pipeline import load_pipeline
from kg.records import Document, PartialDate
from kg.reference.schemes import event_types
from kg.reference.world import load_world


def annotated(text, title=""):
    document = Document(text=text, title=title, published=PartialDate.parse("2013-06-15"))
    return annotate(document, load_pipeline(), load_world())


@pytest.fixture
def ledger_of():
    """``ledger_of(text, [(type, actor, recipient), …], title)``: the ledger, drafts, id by name."""

    def make(text, acts, title=""):
        found = annotated(text, title)
        kinds = Kinds(Tree(found, load_lexicon()), Cast(found, load_world()))
        ids = {entity.name: entity.id for entity in found.entities.values()}
        drafts = [
            Draft(top, "hand", (0,), 0, 0, Side((ids[one],)), Side((ids[two],)))
            for top, one, two in acts
        ]
        last = len(found.sentences)
        return Ledger(kinds, event_types(), drafts, 0, last), drafts, ids

    return make


TEXT = "France and the United States differ. Germany is here. France spoke to Angela Merkel."


def test_an_act_is_no_evidence_for_itself(ledger_of):
    acts = [("accuse", "France", "United States"), ("accuse", "Germany", "United States")]
    ledger, (first, _), ids = ledger_of(TEXT, acts)
    us, germany = ledger.polities((ids["United States"],)), ledger.polities((ids["Germany"],))
    assert ledger.borne(first, us) == 1.0
    assert ledger.against(first, us) == 0.0
    assert ledger.borne(first, germany) == 0.0
    alone, (only,), _ = ledger_of(TEXT, acts[:1])
    assert alone.borne(only, us) == 0.0
    assert (alone.fullness, ledger.fullness) == (pytest.approx(0.5 / 1.3), pytest.approx(1 / 1.8))


def test_praise_is_no_evidence_of_blame(ledger_of):
    acts = [("accuse", "France", "United States"), ("support", "Germany", "United States")]
    ledger, (blame, _), ids = ledger_of(TEXT, acts)
    assert ledger.borne(blame, ledger.polities((ids["United States"],))) == 0.0


def test_who_is_named_most_comes_first_and_people_count_for_their_state(ledger_of):
    ledger, _, ids = ledger_of(TEXT, [], title="Paris and Berlin")
    own = ledger.polities((ids["France"],))
    assert ledger.rank(ids["Angela Merkel"], own) < len(ledger.mentions)
    assert ledger.share(ledger.polities((ids["Angela Merkel"],))) == pytest.approx(2 / 5)
    assert ledger.back(ids["Germany"], 2) == 1
    assert ledger.back(ids["Angela Merkel"], 0) is None


def test_the_title_names_its_actors(ledger_of):
    ledger, _, ids = ledger_of(TEXT, [], title="Germany in doubt")
    assert ledger.in_title == {ids["Germany"]}
    assert ids["Angela Merkel"] not in ledger.in_title
    assert ledger.headlined == ledger.polities((ids["Angela Merkel"],))


def targets_of(reading, actor):
    """The names of the recipients of each event that this actor alone does."""

    def names(ids):
        return [reading.by_id[x].name for x in ids]

    return [names(e.recipients) for e in reading.events if names(e.actors) == [actor]]


def test_a_target_that_no_sentence_near_names_is_found():
    text = (
        "European leaders protested on Thursday against American listening posts. France accused "
        "the United States of spying. Germany criticised the United States, too. Italy summoned "
        "the American ambassador.\n\nIn Brussels, the parliament met. It was hot. Members stayed "
        "long. The cafeteria closed early. Nobody minded. Poland condemned the practice."
    )
    reading = AnalystExtractor().read(Document(text=text, title="Europe angry at United States"))
    assert targets_of(reading, "Poland") == [["United States"]]


def test_whom_a_rule_found_named_at_the_act_stays():
    text = "Russia attacked Ukraine. Poland condemned Russia. Italy condemned Russia. "
    reading = AnalystExtractor().read(Document(text=text + "France accused Germany of delay."))
    assert targets_of(reading, "France") == [["Germany"]]


def test_stretches_hold_every_act_once():
    found = annotated("France accused Russia of lying. " * 300)
    reader = Reader(found, load_world(), load_models())
    drafts = reader.drafts()
    parts = [part for _, part in stretches(reader.learned.kinds, event_types(), drafts)]
    assert len(parts) == 3
    assert [id(d) for part in parts for d in part] == [id(d) for d in drafts]


def test_two_acts_at_one_word_are_both_judged():
    found = annotated("France accused Russia of lying.")
    reader = Reader(found, load_world(), load_models())
    (draft,) = reader.finder.sentence(0)
    twin = Draft("accuse", "twin", draft.trigger, draft.host, 0, draft.actor, draft.recipient)
    acts: LearnedActs = reader.learned
    acts.sentence(0, [draft, twin], set(draft.trigger))
    assert draft.chances is not None
    assert twin.chances == draft.chances
