"""Mail, mailboxes and saved pages, built with the standard library."""

import mailbox
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import parse, parse_all
from kg.errors import KgError, UnreadableError
from kg.records import Document
from kg.sources import RawItem, SourceProblem

SENTENCE = "Kaja Kallas met Marco Rubio in Brussels and rejected the American proposal."


def item(data: bytes, media_type: str = "message/rfc822") -> RawItem:
    return RawItem(data, "a.eml", "a.eml", ".eml", media_type)


def message(body: str = SENTENCE, html: str = "", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    defaults = {
        "Subject": "Talks in Köln",
        "From": "Jürgen Doe <doe@example.org>",
        "Date": "Fri, 13 Feb 2026 23:30:00 -0500",
    }
    for name, value in (defaults | headers).items():
        mail[name] = value
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_subject_sender_and_day_as_the_sender_wrote_them():
    document = parse(item(message().as_bytes()))
    assert document.text == SENTENCE
    assert (document.title, document.author) == ("Talks in Köln", "Jürgen Doe")
    assert (str(document.published), document.published_origin) == (
        "2026-02-13",
        "mail Date header",
    )


def test_quoted_messages_and_signatures_are_left_out():
    body = (
        f"{SENTENCE}\n\n> He never said that.\n\nWe disagree.\n-- \nJane Doe\nInstitute\n\n"
        "On Mon, 2 Feb 2026 at 10:00, John Roe wrote:\n> The talks failed.\n"
    )
    assert parse(item(message(body).as_bytes())).text == f"{SENTENCE}\n\nWe disagree."
    outlook = f"{SENTENCE}\n\n-----Original Message-----\nFrom: x\n\nThe talks failed."
    assert parse(item(message(outlook).as_bytes())).text == SENTENCE


def test_plain_text_is_preferred_and_html_is_read_without_it():
    page = f"<html><body><p>{SENTENCE}</p><p>More.</p></body></html>"
    assert parse(item(message("Plain.", page).as_bytes())).text == "Plain."
    only = message()
    only.set_content(page, subtype="html")
    assert parse(item(only.as_bytes())).text == f"{SENTENCE}\n\nMore."


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "windows-1252", "utf-16"])
def test_charsets(charset):
    mail = MIMEText("Größe und Maß: die Gespräche in Köln.", "plain", charset)
    mail["Subject"] = "x"
    assert parse(item(mail.as_bytes())).text == "Größe und Maß: die Gespräche in Köln."


def test_attachments_are_not_text():
    mail = message()
    mail.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="a.pdf")
    mail.add_attachment("attached words", filename="a.txt")
    assert parse(item(mail.as_bytes())).text == SENTENCE
    bare = EmailMessage()
    bare["Subject"] = "x"
    bare.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(UnreadableError):
        parse(item(bare.as_bytes()))


def test_what_is_no_mail():
    with pytest.raises(UnreadableError, match="no mail"):
        parse(item(b"Just words.\n\nAnd more."))


@given(
    st.binary(max_size=200),
    st.sampled_from(
        [b"", b"Subject: x\n\n", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"]
    ),
)
def test_any_bytes_give_a_document_or_our_error(data, head):
    try:
        assert parse(item(head + data)).text
    except KgError as error:
        assert "a.eml" in error.message  # noqa: PT017 - either outcome is right


def test_mailboxes_give_a_document_for_each_message(tmp_path):
    box = mailbox.mbox(tmp_path / "a.mbox")
    empty = EmailMessage()
    empty["Subject"] = "nothing"
    body = f"{SENTENCE}\n\nFrom Paris, they went on to Berlin in 2025\n"
    for mail in (message(Subject="One"), empty, message(body, Subject="Three")):
        box.add(mail)
    box.close()
    found = list(parse_all(item((tmp_path / "a.mbox").read_bytes(), "application/mbox")))
    assert [type(one) for one in found] == [Document, SourceProblem, Document]
    assert [one.title for one in found if isinstance(one, Document)] == ["One", "Three"]
    assert [one.source for one in found if isinstance(one, Document)] == ["a.eml#1", "a.eml#3"]
    assert found[2].text.endswith("From Paris, they went on to Berlin in 2025")


def test_pages_saved_as_one_file():
    saved = MIMEMultipart("related")
    saved["Snapshot-Content-Location"] = "https://www.example.org/2024/05/06/talks"
    page = f"<html><head><title>Talks</title></head><body><p>{SENTENCE}</p></body></html>"
    saved.attach(MIMEText(page, "html", "utf-8"))
    saved.attach(MIMEText("body{}", "css"))
    document = parse(item(saved.as_bytes(), "multipart/related"))
    assert (document.text, document.title, document.outlet) == (SENTENCE, "Talks", "example.org")
    assert (str(document.published), document.published_origin) == ("2024-05-06", "url")
    with pytest.raises(UnreadableError, match="no page"):
        parse(item(b"Content-Type: text/plain\n\nx", "multipart/related"))
