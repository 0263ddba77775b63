"""A reply on its way: what a strict server takes and means, and what the mail looks like."""

import asyncio
import email
import email.utils
from email.message import Message
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Account, Route, SendOutcome, Standing, Thread, Wire
from kaiwa.channels.email import CHANNEL
from kaiwa.channels.email.account import mailbox
from kaiwa.channels.email.composing import composed
from kaiwa.channels.email.composing import letter_of as letter_on
from kaiwa.engines.certificates import trusted
from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import File, Letter, Media, MediaSource, Text
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.event import Said
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import (
    Block,
    Buttons,
    FileBlock,
    ProductCard,
    Receipt,
    ReceiptLine,
    Reply,
    ReplyAction,
    TextBlock,
)
from tests.channels.email.conftest import KEY, NOW, OURS, letter_of, text_of, with_credentials
from tests.fakes.certificate import certificate
from tests.fakes.mail_exchange import MailExchange, Mood
from tests.fakes.recorded_http import RecordedHttp

TO = "hana@example.jp"
HELLO = TextBlock(text="ございます。\n.一行目の点\nFrom here")
NO_HTTP = RecordedHttp(HttpAnswer(404, {}, b""))


def wire(*blocks: Block, thread: Thread | None = None) -> Wire:
    (made,) = CHANNEL.render(Reply(blocks), Route("mail", TO, thread=thread)).wires
    return made


def send(account: Account, given: Wire, http: RecordedHttp = NO_HTTP) -> SendOutcome:
    return asyncio.run(CHANNEL.send(given, account, http, retry_key=KEY))


def sent(account: Account, given: Wire, http: RecordedHttp = NO_HTTP) -> Message:
    """The mail as the recipient gets it."""
    with MailExchange() as exchange:
        send(with_credentials(account, smtp_server=exchange.address), given, http)
    (taken,) = exchange.taken
    assert (taken.sender, taken.to) == ("shop@shop.example", TO)
    return email.message_from_bytes(taken.mail)


def part(mail: Message, kind: str) -> str:
    found = next(one for one in mail.walk() if one.get_content_type() == kind)
    body = found.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode().replace("\r\n", "\n")


def test_a_mail_says_who_writes_to_whom_and_has_the_id_of_its_message(account: Account) -> None:
    mail = sent(account, wire(HELLO))
    assert [name for name, _ in mail.raw_items()] == [
        "Date", "From", "To", "Subject", "Message-ID", "X-Auto-Response-Suppress",
        "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert str(email.header.make_header(email.header.decode_header(mail["From"]))) == (
        "青い店 <shop@shop.example>"
    )
    assert mail["Message-ID"] == OURS
    assert mail.get_content_type() == "multipart/alternative"
    assert part(mail, "text/plain") == HELLO.text + "\n"


def test_an_answer_stays_in_its_thread(account: Account) -> None:
    letter = Letter("青いマグ", references=(OURS, "<0@example.jp>"))
    said = (
        Said(Media("file", source=MediaSource("x")), "<a%2Fb@example.jp>#1"),
        Said(Text("あの", letter), "<a%2Fb@example.jp>"),
    )
    standing = Standing(Address(1, "email", TO), said=said)
    (route,) = CHANNEL.routes(standing, NOW)
    assert route.thread == Thread("青いマグ", (OURS, "<0@example.jp>", "<a/b@example.jp>"))
    mail = sent(account, wire(HELLO, thread=route.thread))
    assert mail["In-Reply-To"] == "<a/b@example.jp>"
    assert mail["References"].split() == [OURS, "<0@example.jp>", "<a/b@example.jp>"]
    subject = str(email.header.make_header(email.header.decode_header(mail["Subject"])))
    assert subject == "Re: 青いマグ"


@pytest.mark.parametrize("subject", ["Re: Mug", "RE: re: Mug", "返信：Mug", "Re[2]: Mug", "Mug"])
def test_re_stands_once(subject: str) -> None:
    assert wire(HELLO, thread=Thread(subject)).body["subject"] == "Re: Mug"


def test_without_a_thread_the_subject_is_how_it_begins() -> None:
    assert wire(HELLO).body["subject"] == "ございます。"


ANSWERS: dict[Mood, tuple[str, str]] = {
    "unknown_user": ("blocked", "There is no such mailbox: 550 5.1.1"),
    "no_such_domain": ("blocked", "There is no such mailbox: 550 5.1.2"),
    "spam": ("invalid", "The mail server refused the mail: 554 5.7.1"),
    "too_large": ("invalid", "The mail server refused the mail: 552"),
    "refuses_sender": ("credentials", "The mail server does not let this account send"),
    "daily_limit": ("quota", "The mail server takes no more mail today: 550 5.4.5"),
    "wrong_key": ("credentials", "The mail server does not know user and password"),
}


@pytest.mark.parametrize("mood", ANSWERS)
def test_a_no_says_what_to_do(mood: Mood, account: Account) -> None:
    reason, words = ANSWERS[mood]
    with MailExchange(mood) as exchange, pytest.raises(Refused) as caught:
        send(with_credentials(account, smtp_server=exchange.address), wire(HELLO))
    assert caught.value.detail["reason"] == reason
    assert caught.value.message.startswith(words)
    assert exchange.taken == []


@pytest.mark.parametrize(
    ("mood", "maybe_done"),
    [("drops_in_data", False), ("silent_before", False), ("silent_after", True), ("busy", False)],
)
def test_only_after_its_end_may_a_mail_have_been_taken(
    mood: Mood, maybe_done: bool, account: Account
) -> None:
    long = TextBlock(text="ございます。" * 200_000)
    with MailExchange(mood) as exchange, pytest.raises(Unreachable) as caught:
        send(with_credentials(account, smtp_server=exchange.address), wire(long))
    assert caught.value.maybe_done is maybe_done
    assert exchange.taken == []


def test_a_mail_over_the_servers_size_is_not_begun(account: Account) -> None:
    with MailExchange(features=("SIZE 1000",)) as exchange, pytest.raises(Refused) as caught:
        send(with_credentials(account, smtp_server=exchange.address), wire(HELLO))
    assert caught.value.message == "The server takes mails up to 1000 bytes."


def test_nobody_there_is_for_later_and_a_wrong_account_for_the_merchant(account: Account) -> None:
    with pytest.raises(Unreachable) as caught:
        send(with_credentials(account, smtp_server="smtp://127.0.0.1:1"), wire(HELLO))
    assert not caught.value.maybe_done
    for wrong in ({"smtp_server": "no server"}, {"address": "shop"}, {"smtp_server": "imap://x"}):
        with pytest.raises(Refused) as refused:
            send(with_credentials(account, **wrong), wire(HELLO))
        assert refused.value.detail["reason"] == "credentials"


def test_bounces_and_answers_come_back_to_the_message_when_that_is_wanted(
    account: Account,
) -> None:
    with MailExchange() as exchange:
        given = with_credentials(account, smtp_server=exchange.address, plus_address="yes")
        send(given, wire(HELLO))
    (taken,) = exchange.taken
    tagged = f"shop+kaiwa.{KEY}@shop.example"
    assert taken.sender == tagged
    assert f"ENVID=kaiwa.{KEY}" in taken.options
    assert tagged in email.message_from_bytes(taken.mail)["Reply-To"]


@pytest.mark.parametrize("at_once", [True, False], ids=["tls", "starttls"])
def test_what_is_encrypted_is_checked(
    at_once: bool, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificate(tmp_path)
    with MailExchange(certificate=files, at_once=at_once) as exchange:
        where = f"{'smtps://' if at_once else ''}127.0.0.1:{exchange.port}"
        given = with_credentials(account, smtp_server=where)
        with pytest.raises(Refused) as caught:
            send(given, wire(HELLO))
        assert caught.value.detail["reason"] == "credentials"
        assert "certificate" in caught.value.message
        monkeypatch.setenv("SSL_CERT_FILE", files[0])
        trusted.cache_clear()
        try:
            assert send(given, wire(HELLO)).external_ids == (OURS,)
        finally:
            trusted.cache_clear()
    assert len(exchange.taken) == 1


def test_a_server_that_offers_no_encryption_does_not_get_the_password(account: Account) -> None:
    with MailExchange() as exchange, pytest.raises(Refused) as caught:
        send(with_credentials(account, smtp_server=f"127.0.0.1:{exchange.port}"), wire(HELLO))
    assert caught.value.detail["reason"] == "credentials"
    assert exchange.logins == 0


def test_a_kept_file_goes_with_the_mail(account: Account) -> None:
    file = File("k", "説明書.pdf", "application/pdf", 8)
    block = FileBlock(alt_text="Manual", url="https://shop.example/files/1", file=file)
    mail = sent(account, wire(HELLO, block), RecordedHttp(HttpAnswer(200, {}, b"%PDF-1.7")))
    attached = next(one for one in mail.walk() if one.get_content_type() == "application/pdf")
    assert attached.get_filename() == "説明書.pdf"
    assert attached.get_payload(decode=True) == b"%PDF-1.7"


def test_a_file_that_cannot_be_had_is_linked_to(account: Account) -> None:
    file = File("k", "m.pdf", "application/pdf", 8)
    block = FileBlock(alt_text="Manual", url="https://shop.example/files/1", file=file)
    mail = sent(account, wire(HELLO, block))
    assert "📎 m.pdf: https://shop.example/files/1" in part(mail, "text/plain")
    assert 'href="https://shop.example/files/1"' in part(mail, "text/html")


def test_html_says_the_same_and_lets_nothing_through(account: Account) -> None:
    hostile = "<script>alert(1)</script> & \"x\" 'y'"
    blocks: tuple[Block, ...] = (
        TextBlock(text=hostile),
        ProductCard(
            alt_text="m", title=hostile, price=Money(1_980, "JPY"),
            image_url='https://shop.example/a"onerror=x',
        ),
        Buttons(alt_text="s", text="Sure?", actions=(ReplyAction("はい", "はい、お願いします"),)),
        Receipt(
            alt_text="r", number="1001", total=Money(1_980, "JPY"),
            lines=(ReceiptLine("マグ", 1, Money(1_980, "JPY")),),
        ),
    )  # fmt: skip
    html = part(sent(account, wire(*blocks)), "text/html")
    assert "<script" not in html
    assert 'onerror=x"' not in html.replace("%22onerror=x", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert 'href="mailto:shop@shop.example?subject=Re%3A&amp;body=%E3%81%AF%E3%81%84' in html
    assert 'lang="' in html
    assert html.count("<table") == html.count("</table>")
    assert html.count('role="presentation"') >= 3
    assert "¥1,980" in html


def test_header_lines_cannot_be_smuggled_in(account: Account) -> None:
    evil = "Hello\r\nBcc: all@example.com\n\nBody"
    mail = sent(account, wire(HELLO, thread=Thread(evil, ("<x@y>\r\nX: y", "<ok@example.jp>"))))
    assert mail["Bcc"] is None
    assert mail["X"] is None
    assert mail["References"] == "<ok@example.jp>"


texts = st.text(
    # A byte order mark at the start of a word is a mark, and read as nothing.
    st.characters(
        exclude_categories=("Cs", "Cc"), include_characters="\n", exclude_characters="\ufeff"
    ),
    min_size=1,
).filter(lambda text: text.strip())


@settings(max_examples=150)
@given(texts, texts)
def test_what_is_sent_can_be_read_back(text: str, subject: str) -> None:
    account = Account(1, {"address": "shop@shop.example", "smtp_server": "x"})
    made = wire(TextBlock(text=text), thread=Thread(subject))
    mail = composed(letter_on(made), mailbox(account), KEY, NOW, [])
    assert max(mail) < 0x80
    assert max(len(line) for line in mail.split(b"\r\n")) <= 998
    # As if another had sent it: our own mail is not heard.
    theirs = mail.replace(OURS.encode(), b"<1@example.jp>")
    event = CHANNEL.parse(theirs, NOW)[0][1]
    wanted = "".join(str(made.body["text"]).split())
    read = letter_of(event).original or text_of(event)
    assert wanted in "".join(read.split())
    assert "".join(letter_of(event).subject.split()) == "".join(str(made.body["subject"]).split())


def test_what_answers_nobody_carries_one_click_out_and_an_answer_does_not(
    account: Account,
) -> None:
    url = "https://kaiwa.example/unsubscribe/abc_DEF-1"
    (advert,) = CHANNEL.render(Reply((HELLO,)), Route("mail", TO, opt_out=url)).wires
    mail = sent(account, advert)
    assert " ".join(str(mail["List-Unsubscribe"]).split()) == (
        f"<{url}>, <mailto:{mailbox(account).address}?subject=unsubscribe>"
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in sent(account, wire(HELLO))


def test_what_a_signature_covers_belongs_to_the_shops_own_domain(account: Account) -> None:
    mail = sent(account, wire(HELLO))
    domain = mailbox(account).address.rpartition("@")[2]
    assert email.utils.parseaddr(str(mail["From"]))[1].endswith(f"@{domain}")
    assert str(mail["Message-ID"]).endswith(f"@{domain}>")
    assert email.utils.parsedate_to_datetime(str(mail["Date"])).tzinfo is not None
    names = [name.lower() for name in mail]
    once = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")
    assert [names.count(name) for name in once] == [1] * len(once)
    assert not {"sender", "return-path", "bcc", "dkim-signature"} & set(names)
