"""Mail as it really comes: odd charsets, parts in parts, files, programs that answer."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.channels.email import CHANNEL
from kaiwa.channels.email.limits import most
from kaiwa.vocabulary.content import Media
from kaiwa.vocabulary.event import Declined, Ignored, Said, Unheard
from tests.channels.email.conftest import (
    FROM,
    NOW,
    OURS,
    attached,
    heard,
    letter_of,
    mail,
    multipart,
    one,
    text_of,
)

PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"


def test_a_mail_that_begins_a_talk_says_its_subject_too() -> None:
    event = one(mail("Do you have it in blue?", "Date: Sat, 21 Nov 2026 11:59:00 +0900"))
    assert text_of(event) == "Mug\n\nDo you have it in blue?"
    assert (event.external_id, event.name) == ("<1@example.jp>", "Hana")
    assert event.sender is not None
    assert (event.sender.kind, event.sender.value) == ("email", "hana@example.jp")
    assert event.occurred_at == datetime(2026, 11, 21, 2, 59, tzinfo=UTC)
    assert event.answerable
    assert letter_of(event).subject == "Mug"


def test_an_answer_says_what_it_answers_and_not_its_subject_again() -> None:
    head = f"In-Reply-To: {OURS}\nReferences: <0@example.jp> {OURS}"
    event = one(
        mail("Blue.\n\nOn Sat, Nov 21, 2026, Shop wrote:\n> Which?", head, subject="Re: Mug")
    )
    assert isinstance(event.heard, Said)
    assert event.heard.quoted_external_id == OURS
    assert text_of(event) == "Blue."
    assert letter_of(event).references == ("<0@example.jp>", OURS)
    assert letter_of(event).original == "Blue.\n\nOn Sat, Nov 21, 2026, Shop wrote:\n> Which?"


def test_an_answer_without_ids_is_known_by_the_address_it_came_to() -> None:
    key = OURS[7:43]
    raw = mail("Blue.", f"From: hana@example.jp\nTo: shop+kaiwa.{key}@shop.example")
    event = one(raw)
    assert isinstance(event.heard, Said)
    assert event.heard.quoted_external_id == OURS


WORDS = "①髙﨑です。ﾊﾝｶｸの〜"


@pytest.mark.parametrize(
    ("label", "codec"),
    [("utf-8", "utf-8"), ("Shift_JIS", "cp932"), ("x-sjis", "cp932"), ("windows-31j", "cp932")],
)
def test_japanese_comes_in_many_charsets(label: str, codec: str) -> None:
    raw = mail("", f"Content-Type: text/plain; charset={label}", subject="") + WORDS.replace(
        "〜", ""
    ).encode(codec)
    assert text_of(one(raw)) == WORDS.replace("〜", "")


def test_iso_2022_jp_has_half_width_kana_and_circled_numbers_whatever_the_standard_says() -> None:
    # ESC $ B, the circled one of NEC's row 13, ladder-taka of row 92, ESC ( I half-width kana.
    body = b"\x1b$B-!|b\x1b(I\x4a\x5d\x36\x38\x1b(B ok"
    raw = mail("", "Content-Type: text/plain; charset=ISO-2022-JP", subject="") + body
    assert text_of(one(raw)) == "①髙ﾊﾝｶｸ ok"


@pytest.mark.parametrize("label", ["x-unknown", "", "us-ascii", "utf-8", "rot13", "idna", "hex"])
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "iso2022_jp"])
def test_a_label_that_lies_or_is_none_is_seen_through(label: str, codec: str) -> None:
    raw = mail("", f"Content-Type: text/plain; charset={label}", subject="")
    assert text_of(one(raw + "返品したいです".encode(codec))) == "返品したいです"


@pytest.mark.parametrize(
    "subject",
    [
        "=?ISO-2022-JP?B?GyRCSlZJSiROJCo0aiQkGyhC?=",
        "=?utf-8?B?6L+U5ZOB44Gu?= =?utf-8?Q?=E3=81=8A=E9=A1=98=E3=81=84?=",
        "=?utf-8?B?6L+U5ZOB44Gu44GK6aE=?= =?utf-8?B?mOOBhA==?=",
        "=?Shift_JIS?B?ldSVaYLMgqiK6IKi?=",
        "返品のお願い",
    ],
)
def test_a_subject_is_read_however_it_is_coded(subject: str) -> None:
    event = one(mail("x", subject=subject))
    assert letter_of(event).subject == "返品のお願い"


def test_of_two_forms_the_plain_one_is_read_and_html_where_there_is_no_other() -> None:
    both = multipart(PLAIN + "Plain", HTML + "<p>Rich</p>", kind="alternative")
    assert text_of(one(both)) == "Mug\n\nPlain"
    rich = multipart(HTML + "<div>One<br>two</div><ul><li>three</li></ul>", kind="alternative")
    assert text_of(one(rich)) == "Mug\n\nOne\ntwo\n・three"


def test_html_is_tamed_and_its_quotes_are_quotes() -> None:
    hostile = (
        "<style>p{}</style><script>alert(1)</script><p onclick=x>Blue <a href='javascript:x'>a</a>"
        " <a href='https://shop.example/m'>this</a></p><!-- c --><iframe src=x></iframe>"
        "<div class=gmail_quote>On Sat, Nov 21, 2026, Shop wrote:<br>"
        "<blockquote>Which?</blockquote></div>"
    )
    event = one(multipart(HTML + hostile))
    assert text_of(event) == "Mug\n\nBlue a this <https://shop.example/m>"
    assert "Which?" in letter_of(event).original


def test_flowed_lines_are_one_and_quotes_stay_quotes() -> None:
    kind = "Content-Type: text/plain; charset=utf-8; format=flowed"
    event = one(mail("The blue \none, please.\n> Which \n> colour?\n-- \nHana", kind, subject=""))
    assert text_of(event) == "The blue one, please."
    japanese = one(mail("青い \nマグを", kind + "; delsp=yes", subject=""))
    assert text_of(japanese) == "青いマグを"


def test_files_are_events_of_their_own_and_carry_their_bytes() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(5_000)
    raw = multipart(PLAIN + "Broken.", attached("割れた.png", "image/png", png))
    found = CHANNEL.parse(raw, NOW)
    first, file = (event for _, event in found)
    assert text_of(first) == "Mug\n\nBroken."
    assert isinstance(file.heard, Said)
    content = file.heard.content
    assert isinstance(content, Media)
    assert content.kind == "image"
    assert content.source is not None
    assert (content.source.reference, content.source.name) == ("<1@example.jp>#1", "割れた.png")
    assert file.external_id == file.heard.external_id == "<1@example.jp>#1"
    assert CHANNEL.enclosed(found[1][0]) == (png, "image/png")
    assert (first.answerable, file.answerable) == (True, False)


def test_a_mail_of_files_alone_is_heard_by_its_first_file() -> None:
    png = attached("a.png", "image/png", bytes(5_000))
    first, file = heard(multipart(PLAIN, png))
    assert (text_of(first), first.answerable, file.answerable) == ("Mug", False, True)


def test_a_small_picture_in_a_signature_is_no_file_and_a_large_one_is() -> None:
    inline = "Content-ID: <logo>\nContent-Disposition: inline"
    html = HTML + '<p>Hello</p><img src="cid:logo">'
    logo = attached("l.png", "image/png", bytes(3_000), inline)
    assert len(heard(multipart(html, logo, kind="related"))) == 1
    photo = attached("p.png", "image/png", bytes(9_000), inline)
    assert len(heard(multipart(html, photo, kind="related"))) == 2


def test_files_beyond_the_limits_are_said_to_be_lost() -> None:
    many = [attached(f"{n}.txt", "text/plain", b"x") for n in range(most("files") + 3)]
    found = heard(multipart(PLAIN + "Here.", *many))
    assert len(found) == 1 + most("files") + 1
    last = found[-1].heard
    assert isinstance(last, Said)
    assert isinstance(last.content, Media)
    assert last.content.source is None
    assert last.content.lost == "More than 10 files: 10.txt, 11.txt, 12.txt"


def test_a_large_mail_is_kept_without_its_files_and_read_the_same() -> None:
    big = attached("b.bin", "application/octet-stream", bytes(2_000_000))
    raw = multipart(PLAIN + "Here 返品.", big)
    (first, event), (second, _) = CHANNEL.parse(raw, NOW)
    assert len(first) < 2_000
    assert first.count(b"Message-ID") == 1
    assert CHANNEL.parse_one(first, NOW) == event
    assert text_of(event) == "Mug\n\nHere 返品."
    assert len(second) < 2_001_000


AUTOMATIC = {
    "auto-replied": "Auto-Submitted: auto-replied",
    "vacation": "X-Autoreply: yes",
    "exchange": "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\nIn-Reply-To: <x@y>",
}


@pytest.mark.parametrize("head", AUTOMATIC.values(), ids=AUTOMATIC)
def test_programs_that_answer_are_not_heard(head: str) -> None:
    assert one(mail("I am away.", head)).heard == Ignored("auto_reply")


@pytest.mark.parametrize(
    "subject",
    [
        "自動返信: 不在のお知らせ",
        "【自動応答】お問い合わせ",
        "Out of office: Re: Mug",
        "Automatic reply: Mug",
    ],
)
def test_absence_is_known_by_its_subject(subject: str) -> None:
    assert one(mail("x", subject=subject)).heard == Ignored("auto_reply")


@pytest.mark.parametrize(
    "subject", ["自動返信メールが届きません", "不在通知", "Your office hours", "休暇に使えるマグ"]
)
def test_what_people_ask_about_these_is_heard(subject: str) -> None:
    assert isinstance(one(mail("x", subject=subject)).heard, Said)


@pytest.mark.parametrize(
    "head",
    [
        "List-Id: <support.example.jp>", "Precedence: list", "Precedence: bulk",
        "X-Auto-Response-Suppress: All", "List-Unsubscribe: <mailto:x@example.jp>",
        "Return-Path: <>", "Auto-Submitted: auto-generated",
    ],
)  # fmt: skip
def test_what_a_person_may_have_written_is_kept_but_no_machine_answers_it(head: str) -> None:
    event = one(mail("Is it there? It says 550 yen.", head))
    assert isinstance(event.heard, Said)
    assert not event.answerable


def test_our_own_mail_and_read_receipts_are_not_heard() -> None:
    assert one(mail("x", own_id=OURS)).heard == Ignored("own")
    receipt = multipart(
        PLAIN + "read", "Content-Type: message/disposition-notification\n\nDisposition: x",
        kind="report; report-type=disposition-notification",
    )  # fmt: skip
    assert one(receipt).heard == Ignored("receipt")


@pytest.mark.parametrize(
    "words", ["STOP", "配信停止", "配信停止を希望します。", "Unsubscribe!", "stop\n\n-- \nHana"]
)
def test_who_wants_no_advertising_says_so_and_no_machine_argues(words: str) -> None:
    said, wish = heard(mail(words, f"In-Reply-To: {OURS}"))
    assert isinstance(said.heard, Said)
    assert not said.answerable
    assert wish.heard == Declined()
    assert (wish.sender, wish.external_id) == (said.sender, "<1@example.jp>#opt_out")


def test_a_question_about_stopping_is_a_question() -> None:
    assert len(heard(mail("配信停止はどうすればできますか？", f"In-Reply-To: {OURS}"))) == 1


def test_words_and_answers_belong_to_one_address() -> None:
    form = mail(
        "Hi", "From: forms@example.com\nReply-To: Hana <Hana@Example.jp>\nTo: shop@shop.example"
    )
    event = one(form)
    assert event.sender is not None
    assert (event.sender.value, event.name) == ("hana@example.jp", "Hana")
    listed = one(mail("Hi", f"{FROM}Reply-To: list@example.com\nList-Id: <list.example.com>"))
    assert listed.sender is not None
    assert listed.sender.value == "hana@example.jp"


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"\xff\xfe\x00", b"From: nobody\n\nx", b"\n\nwords alone", b"From: <>\n\nx"]
)
def test_what_no_one_sent_is_kept_and_has_no_effect(raw: bytes) -> None:
    assert isinstance(one(raw).heard, Unheard)


def test_ids_that_mean_something_to_us_are_rewritten() -> None:
    event = one(mail("x", own_id="<a/b#c%d@example.jp>"))
    assert event.external_id == "<a%2Fb%23c%25d@example.jp>"


def test_the_same_mail_has_the_same_id_and_one_without_has_its_digest() -> None:
    bare = mail("x", own_id="")
    assert one(bare).external_id == one(bare).external_id
    assert one(bare).external_id.startswith("sha256:")
    assert one(bare).external_id != one(mail("y", own_id="")).external_id


def test_parts_in_parts_in_parts_are_read_as_far_as_makes_sense() -> None:
    deep = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )
    assert heard(
        FROM.encode() + b"Message-ID: <1@x>\n" + deep.encode() + b"Content-Type: text/plain\n\nx"
    )
    wide = multipart(*[PLAIN + "x"] * 3_000)
    assert heard(wide)


HEADS = st.sampled_from(
    ["From: a@b.jp", "From: =?iso-2022-jp?B?GyRC?= <a@b.jp>",
     "Content-Type: multipart/mixed; boundary=x",
     "Content-Type: text/html; charset=unicode_escape", "Content-Type: message/rfc822",
     "Content-Type: multipart/report; report-type=delivery-status; boundary=x", "--x", "", "--x--",
     "Content-Type: message/delivery-status", "Action: failed", "Content-Transfer-Encoding: base64",
     "Content-Transfer-Encoding: x-uuencode",
     "Content-Disposition: attachment; filename*=utf-8''%FF",
     "Message-ID: <a@b>", "Date: Sat, 99 Nov 99999 99:99:99 +9999", "begin 644 x", "<b>x", "> q",
     "Content-Type: text/plain; charset*0=\"utf\"; charset*1=\"-8\"; format=flowed"]
)  # fmt: skip


@given(st.lists(HEADS | st.text(max_size=20), max_size=40))
def test_any_mail_is_heard_without_an_error(lines: list[str]) -> None:
    raw = "\n".join(lines).encode("utf-8", "surrogatepass")
    assert heard(raw)
    assert heard(raw.replace(b"\n", b"\r\n"))
