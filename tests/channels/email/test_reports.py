"""What mail systems say of our messages, by the standard and in words of their own."""

import pytest

from kaiwa.vocabulary.event import Complained, Delivered, Failed, Ignored, Said
from tests.channels.email.conftest import FROM, OURS, mail, multipart, one

RETURNED = f"Content-Type: text/rfc822-headers\n\nFrom: shop@shop.example\nMessage-ID: {OURS}\n"
WHOLE = f"Content-Type: message/rfc822\n\nFrom: shop@shop.example\nMessage-ID: {OURS}\n\nHello\n"
ROBOT = "From: MAILER-DAEMON@mx.example.jp\nTo: shop@shop.example\n"


def status(action: str, code: str, words: str = "") -> str:
    told = f"Diagnostic-Code: {words}\n" if words else ""
    return (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n\n"
        f"Final-Recipient: rfc822; hana@example.jp\nAction: {action}\nStatus: {code}\n{told}"
    )


def report(*parts: str, kind: str = "delivery-status") -> bytes:
    text = "Content-Type: text/plain\n\nSorry.\n"
    return multipart(text, *parts, kind=f"report; report-type={kind}", head=ROBOT)


@pytest.mark.parametrize("returned", [RETURNED, WHOLE])
def test_a_bounce_is_the_end_of_the_message_it_is_about(returned: str) -> None:
    raw = report(status("failed", "5.1.1", "smtp; 550 5.1.1 <x> User unknown"), returned)
    event = one(raw)
    assert event.heard == Failed(OURS, "5.1.1 550 5.1.1 <x> User unknown", permanent=True)
    assert event.sender is None


def test_a_full_mailbox_may_be_empty_tomorrow() -> None:
    raw = report(status("failed", "4.2.2", "smtp; 452 4.2.2 Mailbox full"), RETURNED)
    assert one(raw).heard == Failed(OURS, "4.2.2 452 4.2.2 Mailbox full", permanent=False)


def test_late_is_not_lost_and_delivered_is_delivered() -> None:
    assert one(report(status("delayed", "4.4.1"), RETURNED)).heard == Ignored("delayed")
    assert one(report(status("delivered", "2.0.0"), RETURNED)).heard == Delivered(OURS)
    assert one(report(status("relayed", "2.0.0"), RETURNED)).heard == Ignored("report")


def test_a_bounce_of_somebody_elses_mail_means_nothing() -> None:
    theirs = RETURNED.replace(OURS, "<other@example.com>")
    assert one(report(status("failed", "5.1.1"), theirs)).heard == Ignored("report")
    assert one(mail("Your mail <x@y> came back. 550", ROBOT)).heard == Ignored("report")


def test_a_bounce_without_the_message_is_known_by_where_it_came_back_to() -> None:
    key = OURS[7:43]
    head = f"From: MAILER-DAEMON@mx.example.jp\nTo: <shop+kaiwa.{key}@shop.example>\n"
    parts = (status("failed", "5.1.1"),)
    raw = multipart(*parts, kind="report; report-type=delivery-status", head=head)
    assert one(raw).heard == Failed(OURS, "5.1.1")


@pytest.mark.parametrize(
    ("words", "reason", "permanent"),
    [
        (
            f"Hi. This is the qmail-send program.\n<hana@example.jp>:\n550 no such user\n\n{OURS}",
            "550 no such user",
            True,
        ),
        (f"宛先不明 5.1.1\n{OURS}", "宛先不明 5.1.1", True),
        (f"450 4.2.0 later\n{OURS}", "450 4.2.0 later", False),
        (f"送信できませんでした。\n{OURS}", "The mail came back.", True),
    ],
)
def test_bounces_in_words_are_understood(words: str, reason: str, permanent: bool) -> None:
    assert one(mail(words, ROBOT)).heard == Failed(OURS, reason, permanent)


def test_a_person_who_quotes_our_id_is_no_bounce() -> None:
    event = one(mail(f"It says 550 yen.\n{OURS}", f"{FROM}Return-Path: <hana@example.jp>"))
    assert isinstance(event.heard, Said)


def test_a_complaint_names_the_message() -> None:
    feedback = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
    raw = report(feedback, WHOLE, kind="feedback-report")
    assert one(raw).heard == Complained(OURS)
    theirs = WHOLE.replace(OURS, "<other@example.com>")
    assert one(report(feedback, theirs, kind="feedback-report")).heard == Ignored("complaint")
