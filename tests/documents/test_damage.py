"""Files of every format, damaged at random: a document, a clear word on it, and nothing else."""

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import media_types, parse_all
from kg.records import Document
from kg.sources import RawItem, SourceProblem

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
ROWS = [{"text": "Kallas met Rubio.", "title": "Talks", "date": "2026-02-14"}] * 3


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["Date"] = "Talks", "Fri, 13 Feb 2026 23:30:00 -0500"
    message.set_content("Kallas met Rubio.")
    message.add_alternative("<p>Kallas met Rubio.</p>", subtype="html")
    return message.as_bytes()


def archive(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


WORD = (
    '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>Kallas met Rubio.</w:t></w:r></w:p>'
    "</w:body></w:document>"
)
OPEN = '<d xmlns:t="urn:t"><t:text><t:p>Kallas met Rubio.</t:p></t:text></d>'
PACKAGE = (
    '<p><manifest><item id="a" href="a.html"/></manifest><spine><itemref idref="a"/></spine></p>'
)
FEED = (
    "<rss><channel><title>Post</title><item><title>Talks</title><pubDate>Fri, 13 Feb 2026 23:30:00 "
    "GMT</pubDate><description>&lt;p&gt;Kallas met Rubio.&lt;/p&gt;</description></item>"
    "</channel></rss>"
)


def pdf() -> bytes:
    stream = b"BT /F 12 Tf 72 700 Td (Kallas met Rubio in Brussels on Tuesday.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    file, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\n" % table
    return file + head + b"startxref\n%d\n%%%%EOF\n" % len(file)


def warc() -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Kallas met Rubio.</p>"
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: 2026-02-14T00:00:00Z\r\nWARC-Target-URI: https://example.org/1\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    return (head % len(answer) + answer + b"\r\n\r\n") * 2


VND = "application/vnd."
SEEDS = {
    "application/atom+xml": FEED.encode(),
    "application/epub+zip": archive(
        **{
            "META-INF__container_xml": '<c><rootfile full-path="p.opf"/></c>',
            "p_opf": PACKAGE,
            "a_html": "<p>Kallas met Rubio.</p>",
        }
    ),
    "application/json": json.dumps(ROWS).encode(),
    "application/mbox": b"From x Fri Feb 13 2026\n"
    + mail()
    + b"\nFrom y Fri Feb 13 2026\n"
    + mail(),
    "application/pdf": pdf(),
    "application/rss+xml": FEED.encode(),
    "application/rtf": rb"{\rtf1\ansi{\info{\title Talks}}Kallas met Schr\u246?der.\par}",
    f"{VND}oasis.opendocument.text": archive(content_xml=OPEN),
    f"{VND}openxmlformats-officedocument.wordprocessingml.document": archive(
        word__document_xml=WORD
    ),
    "application/x-ndjson": "\n".join(json.dumps(row) for row in ROWS).encode(),
    "application/warc": warc(),
    "application/xml": FEED.encode(),
    "message/rfc822": mail(),
    "multipart/related": mail(),
    "text/csv": b"text,title,date\n" + b'"Kallas met, then left.",Talks,2026-02-14\n' * 3,
    "text/html": (HERE / "pages" / "news.html").read_bytes(),
    "text/markdown": (EXAMPLES / "aukus-statement-2021.md").read_bytes(),
    "text/plain": (EXAMPLES / "nord-stream-interview-2022.txt").read_bytes(),
    "text/tab-separated-values": b"text\ttitle\nKallas met Rubio.\tTalks\n",
}
NEEDS = {
    "application/pdf": "pypdf",
    "application/rtf": "striprtf",
    "application/warc": "warcio",
    "application/xml": "feedparser",
    "application/rss+xml": "feedparser",
    "application/atom+xml": "feedparser",
}


def read(media_type: str, data: bytes) -> list[Document | SourceProblem]:
    return list(parse_all(RawItem(data, "a", "a", "", media_type)))


def test_there_is_a_file_of_every_format():
    assert set(SEEDS) == set(media_types())


@pytest.mark.parametrize("media_type", SEEDS)
def test_undamaged_files_give_documents(media_type):
    pytest.importorskip(NEEDS.get(media_type, "kg"), reason="its extra is not installed")
    found = read(media_type, SEEDS[media_type])
    assert found
    assert all(isinstance(one, Document) for one in found), found


EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(["replace", "insert", "delete"]),
        st.binary(min_size=1, max_size=6)
        | st.sampled_from([b"<", b">", b'"', b"\n", b"]]>", b"&", b"\\", b"--", b"{"]),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("media_type", SEEDS)
@given(edits=EDITS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_files_give_documents_or_problems(media_type, edits):
    data = bytearray(SEEDS[media_type])
    for where, how, what in edits:
        at = int(where * len(data))
        end = at + len(what) * (how != "insert")
        data[at:end] = b"" if how == "delete" else what
    for one in read(media_type, bytes(data)):
        if isinstance(one, SourceProblem):
            assert one.error.message.isprintable()
        else:
            assert one.text
            one.text.encode()
