"""Whatever the text, the reader answers, and every span it gives is what it says."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import clean
from kg.evaluation import load_gold
from kg.extraction.coder import AnalystExtractor
from kg.records import Document, PartialDate

HERE = Path(__file__).resolve().parent.parent
FOLDERS = (HERE / "documents" / "open", HERE / "documents" / "kept", HERE / "documents" / "none")
SLOW = settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

WORDS = st.sampled_from(
    [
        "France", "accused", "Washington", "of", "the EU's", "President Macron", "he", "said",
        "that", "did not", "sanctions", "on", "Russia,", "which", "\"We", "reject\"", "and", "-",
        "Tuesday", "—", "(then)", "Mr. Smith", "NATO", "will", "impose", "•", ";", ".", "?", ":",
        "\n", "\n\n", "Q:", "MERKEL:", "1/", "@vonderleyen", "€120m", "🧵", "‘", "’", "المانيا",
        "中国", "é", "<b>", "[", "]]", "|", "U.S.", "both sides", "her", "talks", "with",
        "the two leaders", "2014", "5 Dec", "May", "last week", "\u00ad", "\u200b", "Ünal",
    ]
)  # fmt: skip

ODD = {
    "one line of 200 kB": "France accused Russia of lying and the ministers met again, " * 3400,
    "200 kB without a space": "a" * 200_000,
    "a list of 6,000 names": "Macron, Merkel, Trump, Putin, " * 1500,
    "only blank lines": "\n\n \n\t\n\n",
    "empty paragraphs": "France\n\n\n\n\n\n\n thanked Italy.\n\n\n\n  \n\n.\n\n\n",
    "right to left": "אמר מקרון: France accused Russia. اتهمت فرنسا\u202e Germany thanked Italy.",
    "emoji": "🇫🇷 thanked 🇩🇪 👩‍👩‍👧‍👦 on Tuesday 🧵👇 France 👍 accused 🇷🇺 Russia 🔥🔥.",
    "markup soup": "<p>France</b> <a href='x'>accused</i> Russia</p> &amp; ]]> <!-- Italy {{x}}",
    "combining marks": "Fra\u0301nce\u0301 accused E\u0301douard Philippe\u0308 of Z\u0335\u0322a",
    "private use and controls": "\ue000France\x01 accused\x7f Russia\ufffe.",
    "brackets never closed": "(" * 500 + "France accused Russia" + "“" * 500,
    "a thousand bullets": "- France\n" * 1000,
    "a thousand turns": "Q: Why?\nMERKEL: Because France refused.\n" * 500,
    "deep nesting": "France said that Italy said that " * 300 + "Spain left.",
}


def spans_of(reading):
    for entity in reading.entities:
        yield from entity.mentions
    for office in reading.offices:
        yield office.evidence
    for event in reading.events:
        yield event.evidence
        yield event.trigger
        yield from event.also
    for claim in reading.claims:
        yield claim.gist
        if claim.rebuts:
            yield claim.rebuts


def assert_sound(reading):
    text = reading.document.text
    for span in spans_of(reading):
        assert text[span.start : span.end] == span.quote
        assert span.quote.strip()
    ids = [entity.id for entity in reading.entities]
    assert len(ids) == len(set(ids))
    used = {member for entity in reading.entities for member in entity.members}
    used |= {office.holder for office in reading.offices}
    used |= {claim.claimant for claim in reading.claims}
    for event in reading.events:
        used |= {*event.actors, *event.recipients} | ({event.speaker} if event.speaker else set())
    assert used <= set(ids)
    mentions = sorted(span for entity in reading.entities for span in entity.mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions)), "mentions nest"


@cache
def documents():
    return [item.document for folder in FOLDERS for item in load_gold(folder)]


def test_every_span_of_our_documents_equals_its_text(reader):
    for reading in reader.read_many(documents()):
        assert_sound(reading)


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_read(reader, name):
    assert_sound(reader.read(Document(text=ODD[name], published=PartialDate(2024, 2, 29))))


@pytest.mark.xfail(reason="spaCy's tokenizer takes no lone surrogates", raises=UnicodeEncodeError)
def test_lone_surrogates_are_read(reader):
    assert_sound(reader.read(Document(text="France \ud800 accused \udfff Russia.")))


@SLOW
@given(text=st.text(max_size=400))
def test_any_unicode_is_read(reader, text):
    assert_sound(reader.read(Document(text=clean(text))))


@SLOW
@given(
    words=st.lists(WORDS, min_size=1, max_size=60),
    title=st.lists(WORDS, max_size=6),
    published=st.sampled_from([None, PartialDate(1956), PartialDate(2022, 2, 24)]),
)
def test_any_jumble_of_our_words_is_read(reader, words, title, published):
    document = Document(text=clean(" ".join(words)), title=" ".join(title), published=published)
    assert_sound(reader.read(document))


@SLOW
@given(data=st.data())
def test_any_cut_out_of_a_document_is_read(reader, data):
    document = data.draw(st.sampled_from(documents()))
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    assert_sound(reader.read(Document(text=document.text[start:end], title=document.title)))


def test_two_readers_two_orders_and_two_processes_give_the_same(reader):
    some = documents()[::2]
    wanted = list(reader.read_many(some))
    assert list(AnalystExtractor().read_many(some, jobs=2)) == wanted
    assert list(AnalystExtractor().read_many(reversed(some))) == wanted[::-1]


def test_a_document_reads_the_same_alone_and_in_company(reader):
    some = documents()[::4]
    assert [reader.read(document) for document in some] == list(reader.read_many(some))
