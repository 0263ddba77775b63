"""The voice of a shop and its reviews, from the command line, on both databases."""

import json

from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.review import NewReview, put_review
from kaiwa.customers.customer import new_customer
from kaiwa.engines.db import Session, open_database
from tests.commands.test_knowledge import Kaiwa, M, kaiwa
from tests.world import START

__all__ = ["kaiwa"]


def test_the_voice_is_set_a_little_at_a_time_and_shown(kaiwa: Kaiwa) -> None:
    status, out, err = kaiwa(
        "voice", "set", *M, "--bot-name", "こだち", "--tone", "friendly", "--emoji", "few",
        "--hours", "mon-fri=10:00-12:00,13:00-18:00", "--hours", "sat=10:00-15:00",
        "--holiday", "2026-12-30..2027-01-02", "--no-holiday", "2027-01-02",
        "--public-holidays", "closed", "--high-value", "50,000", "--greeting", "いらっしゃいませ。",
        "--about", "二人で作りました。",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "name: こだち  tone: friendly  emoji: few",
        "says that it is a bot: at the start",
        "greeting (ja): いらっしゃいませ。",
        "about (ja): 二人で作りました。",
        *(f"{day}: 10:00-12:00, 13:00-18:00" for day in ("mon", "tue", "wed", "thu", "fri")),
        "sat: 10:00-15:00",
        "sun: closed",
        "holidays: 2026-12-30, 2026-12-31, 2027-01-01",
        "public holidays of Japan: closed",
        "a person's help is offered from: ¥50,000",
    ]
    kaiwa("voice", "set", *M, "--hours", "sat=closed", "--high-value", "0", "--greeting", "")
    now = kaiwa("voice", "show", *M)[1]
    assert "public holidays of Japan: closed" in now
    open_again = kaiwa("voice", "set", *M, "--public-holidays", "open")[1]
    assert "public holidays" not in open_again
    assert "sat: closed" in now
    assert "greeting" not in now
    assert "offered from" not in now
    assert "tone: friendly" in now


def test_a_topic_is_left_alone_until_it_is_not(kaiwa: Kaiwa) -> None:
    kaiwa("voice", "topic", "薬", *M, "--words", "薬、飲み合わせ", "--person", "yes")
    kaiwa("voice", "topic", "薬", *M, "--words", "medicine", "--language", "en")
    assert "left alone: 薬 (薬, 飲み合わせ, medicine) and a person" in kaiwa("voice", "show", *M)[1]
    tried = kaiwa("try", "薬はありますか", *M)[1]
    assert "担当者が確認してご案内します。" in tried
    assert kaiwa("voice", "no-topic", "薬", *M)[0] == 0
    assert "left alone" not in kaiwa("voice", "show", *M)[1]
    status, _, err = kaiwa("voice", "no-topic", "薬", *M)
    assert (status, "There is no topic '薬'" in err) == (1, True)


def test_three_replies_are_heard(kaiwa: Kaiwa) -> None:
    kaiwa("voice", "set", *M, "--tone", "concise")
    out = kaiwa("voice", "preview", *M, "--language", "en")[1]
    assert "Added: 1 × gooseneck kettle." in out
    assert "> I'd like to talk to a person" in out
    assert "Passing you to a colleague." in out


def test_what_cannot_be_is_refused_and_changes_nothing(kaiwa: Kaiwa) -> None:
    before = kaiwa("voice", "show", *M)[1]
    for wrong in (
        ("--hours", "mon"),
        ("--hours", "someday=10:00-18:00"),
        ("--hours", "mon=18:00-10:00"),
        ("--holiday", "tomorrow"),
        ("--holiday", "2027-01-03..2026-12-29"),
        ("--high-value", "much"),
        ("--greeting", "x" * 501),
    ):
        status, out, err = kaiwa("voice", "set", *M, *wrong)
        assert (status, out) == (1, ""), wrong
        assert err.startswith("kaiwa: "), wrong
    assert kaiwa("voice", "topic", "T", *M)[0] == 1
    assert kaiwa("voice", "show", *M)[1] == before


def test_reviews_are_listed_published_and_declined(kaiwa: Kaiwa, database_url: str) -> None:
    db = open_database(database_url)

    def written(session: Session) -> None:
        cup = put_product(session, 1, ProductText("cup", "湯のみ"), START, 1)
        for rating, words in ((5, "よい\n器です"), (1, "割れた")):
            who = new_customer(session, 1, START)
            put_review(session, 1, NewReview(cup, who, rating, words), START)

    db.write_now(written)
    db.close()
    assert kaiwa("reviews", *M)[1].splitlines() == [
        "     1  waiting    *****  湯のみ  よい 器です",
        "     2  waiting    *      湯のみ  割れた",
    ]
    kaiwa("reviews", *M, "--publish", "1", "--decline", "2")
    assert kaiwa("reviews", *M) == (0, "", "Nothing waits.\n")
    (shown,) = kaiwa("reviews", *M, "--state", "published", "--json")[1].splitlines()
    told = json.loads(shown)
    assert (told["id"], told["state"], told["words"]) == (1, "published", "よい\n器です")
    status, _, err = kaiwa("reviews", *M, "--publish", "2", "99")
    assert (status, err) == (1, "kaiwa: There is no such review.\n")
    assert "割れた" in kaiwa("reviews", *M, "--state", "declined")[1]
