"""One customer on five channels: one timeline, answers where they are allowed, STOP everywhere."""

import email
import email.policy
import random
from collections.abc import Iterator
from functools import partial

import pytest

from kaiwa.conversations.chat_link import make_link
from kaiwa.conversations.conversation import all_of
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import merge_customers, merges, undo_merge
from kaiwa.conversations.reach import Reach, reach
from kaiwa.customers.consent import ConsentGiven, consent_state, record_consent
from kaiwa.customers.identity import Evidence
from kaiwa.desk.continuing import Continuing, continue_at
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.fallback import set_fallback
from kaiwa.merchants.inbox import note_quota
from tests.fakes.five_channels import ADDRESSES, MAIL, PHONE, SECRETS, Street
from tests.fakes.mail_exchange import MailExchange
from tests.world import unheard

EVERY = sorted(ADDRESSES)


@pytest.fixture
def street(database: Database) -> Iterator[Street]:
    with MailExchange() as exchange:
        yield Street(database, exchange)


def link(street: Street, to: str) -> str:
    """What a link from LINE into another chat carries."""
    box, where = street.boxes[to], street.person("line")
    account, now = box.account(SECRETS), street.clock.now()
    made = street.db.write_now(lambda s: make_link(s, where, (box, account), "agent:1", now))
    return made.url.rpartition("=")[2]


def prove(street: Street, on: str) -> int:
    """A code was sent to the address and told on LINE: they are one person."""
    pair = (street.person("line").customer_id, street.person(on).customer_id)
    evidence, now = Evidence("one_time_code", "a code", "agent:1"), street.clock.now()
    return street.db.write_now(lambda s: merge_customers(s, street.shop.id, pair, evidence, now)).id


def everywhere(street: Street) -> int:
    """Hana is known on all five; the merge that brought SMS."""
    street.writes("line", "青いマグはありますか")
    street.writes("telegram", f"/start {link(street, 'telegram')}")
    street.writes("telegram", "Telegramからです")
    street.writes("messenger", "メッセンジャーです", referral={"ref": link(street, "messenger")})
    street.writes("email", "メールです")
    prove(street, "email")
    street.writes("sms_twilio", "SMSです")
    return prove(street, "sms_twilio")


def ways(street: Street, *, by_person: bool = False) -> dict[str, Reach]:
    customer, now = street.person("line").customer_id, street.clock.now()
    found = street.db.read_now(
        lambda s: reach(s, street.shop.id, customer, now, by_person=by_person)
    )
    return {one.identity.channel: one for one in found}


def heard(street: Street, on: str) -> list[tuple[str, str]]:
    """What the person of that address wrote, in all their conversations."""
    customer = street.person(on).customer_id
    talks = street.db.read_now(lambda s: list(all_of(s, street.shop.id, customer)))
    lines = [line for talk in reversed(talks) for line in street.timeline(talk)]
    return [(where, words.rpartition("\n")[2]) for where, who, words in lines if who == "customer"]


def mails(street: Street) -> list[str]:
    """The words of the mails that were taken, as plain text."""
    parsed = [
        email.message_from_bytes(one.mail, policy=email.policy.default)
        for one in street.exchange.taken
    ]
    bodies = [one.get_body(("plain",)) for one in parsed]
    return [body.get_content().strip() if body else "" for body in bodies]


def test_five_channels_are_one_timeline(street: Street) -> None:
    everywhere(street)
    assert {street.person(on).customer_id for on in EVERY} == {street.person("line").customer_id}
    grades = {on: street.person(on).grade for on in EVERY}
    assert grades == {
        "line": "first_seen",
        "telegram": "click_through",
        "messenger": "click_through",
        "email": "proven",
        "sms_twilio": "one_time_code",
    }
    street.writes("line", "どれが安いですか")
    talk = street.talk()
    assert [line for line in street.timeline(talk) if line[1] == "customer"] == [
        ("line", "customer", "青いマグはありますか"),
        ("telegram", "customer", "Telegramからです"),
        ("messenger", "customer", "メッセンジャーです"),
        ("line", "customer", "どれが安いですか"),
    ]
    for on in EVERY:
        street.writes(on, f"{on}で質問")
    assert [line[0] for line in street.timeline(street.talk())[-5:]] == EVERY


def test_answers_go_where_they_may_and_for_nothing_where_they_can(street: Street) -> None:
    everywhere(street)
    street.writes("line", "いくらですか")
    assert ways(street)["line"].route is not None
    said = street.says("1,200円です")
    assert (said.state, street.line.journal[-1]["operation"]) == ("accepted", "reply")
    street.db.write_now(lambda s: note_quota(s, street.boxes["line"], 0))
    street.wait(hours=25)
    found = ways(street)
    assert {on: one.closed for on, one in found.items()} == {
        "line": "quota",
        "telegram": None,
        "messenger": "window_closed",
        "email": None,
        "sms_twilio": None,
    }
    assert found["messenger"].ended_at is not None
    # A person has a week on Messenger.
    assert ways(street, by_person=True)["messenger"].closed is None
    assert street.says("まだ在庫があります", to="messenger").state == "failed"
    assert street.says("担当のAoiです", by="agent", to="messenger").state == "accepted"
    assert street.meta.journal[-1]["tag"] == "HUMAN_AGENT"


def test_it_goes_on_by_mail_with_what_was_said_last(street: Street) -> None:
    everywhere(street)
    street.writes("line", "詳しい図面をください")
    conv, there = street.talk(), street.person("email").id
    asked = Continuing(conv.id, street.agent.id, "c-1", conv.epoch, there)
    now = street.clock.now()
    moved = street.db.write_now(lambda s: continue_at(s, street.shop.id, asked, now))
    street.deliver()
    assert moved.channel == "email"
    notice = street.line.journal[-1]
    assert notice["operation"] == "reply"
    assert notice["messages"][0]["text"] == (
        "このあとはメール（h…@mail.example）でご案内します。次のお返事はそちらをご覧ください。"
    )
    assert "青い店です。LINEでのお話の続きを、こちらでご案内します。" in mails(street)[-1]
    assert "お客様：「詳しい図面をください」" in mails(street)[-1]
    street.says("図面をお送りします", by="agent")
    assert "図面をお送りします" in mails(street)[-1]
    assert street.exchange.taken[-1].to == MAIL
    street.writes("email", "届きました")
    assert street.timeline(street.talk())[-1][0] == "email"
    assert street.timeline(street.talk())[-1][2].endswith("届きました")
    assert street.talk().id == conv.id


def test_who_blocked_line_is_told_by_mail_and_then_by_sms(street: Street) -> None:
    everywhere(street)
    chain, now = ("line", "email", "sms"), street.clock.now()
    street.db.write_now(lambda s: set_fallback(s, street.shop.id, chain, "test", now))
    street.take("line", street._hooks.deliver(street._hooks.event("unfollow", _line_user()))[0])
    street.says("ご注文を発送しました", to="line")
    assert "LINEではお届けできなかったため" in mails(street)[-1]
    assert "ご注文を発送しました" in mails(street)[-1]
    assert street.twilio.journal == []
    street.exchange.mood = "unknown_user"
    street.says("お届け日が変わりました", to="line")
    assert [one["To"] for one in street.twilio.journal] == [PHONE]
    assert "お届け日が変わりました" in street.twilio.journal[0]["Body"]


def _line_user() -> str:
    return ADDRESSES["line"][1]


def test_stop_on_sms_stops_advertising_on_all_five_and_nothing_else(street: Street) -> None:
    merged = everywhere(street)
    yes = ConsentGiven("granted", "form")
    for on in EVERY:
        where, now = street.person(on).id, street.clock.now()
        street.db.write_now(lambda s, w=where, n=now: record_consent(s, street.shop.id, w, yes, n))  # type: ignore[misc]
    assert {one.consent for one in ways(street).values()} == {"granted"}
    street.writes("sms_twilio", "配信停止")
    street.deliver()
    assert {one.consent for one in ways(street).values()} == {"refused"}
    for on in EVERY:
        advert = street.says("秋の大売り出し", by="campaign", to=on)
        assert advert.state == "failed", on
    sent = (street.line.journal, street.meta.journal, street.twilio.journal, mails(street))
    assert "大売り出し" not in repr(sent)
    street.writes("line", "マグは割れませんか")
    assert street.says("割れにくい素材です", by="agent").state == "accepted"
    # Of service, STOP closes the number it came from and no other address.
    assert {on: one.closed for on, one in ways(street).items()} == {
        on: "blocked" if on == "sms_twilio" else None for on in EVERY
    }
    texts = len(street.twilio.journal)
    for on in ("telegram", "messenger", "email"):
        assert street.says("お届けは明日です", by="agent", to=on).state == "accepted", on
    assert street.says("お届けは明日です", by="agent", to="sms_twilio").state == "failed"
    assert len(street.twilio.journal) == texts
    # It was somebody else's number: their STOP was not Hana's.
    street.db.write_now(
        lambda s: undo_merge(s, street.shop.id, merged, "agent:1", street.clock.now(), unheard)
    )
    assert {on: one.consent for on, one in ways(street).items()} == dict.fromkeys(
        ("line", "telegram", "messenger", "email"), "granted"
    )
    alone = street.person("sms_twilio").id
    assert street.db.read_now(lambda s: consent_state(s, street.shop.id, alone)) == "refused"


def test_stop_by_mail_is_heard_once_and_holds_everywhere(street: Street) -> None:
    everywhere(street)
    street.writes("email", "配信停止")
    street.deliver()
    assert {one.consent for one in ways(street).values()} == {"refused"}
    conv = street.talk()
    lines = street.db.read_now(lambda s: happenings(s, street.shop.id, conv.id))
    assert [one.kind for one in lines if one.kind == "opted_out"] == ["opted_out"]
    assert street.says("1,200円です", to="email").state == "accepted"


@pytest.mark.parametrize("seed", range(3))
def test_calls_repeated_and_shuffled_over_all_five_are_heard_once_each(
    street: Street, seed: int
) -> None:
    everywhere(street)
    before = len(street.timeline(street.talk()))
    calls = [(on, street.bytes_of(on, f"{on} {n}")) for n in range(3) for on in EVERY]
    thrice = calls * 3
    random.Random(seed).shuffle(thrice)
    for on, body in thrice:
        street.take(on, body)
    said = street.timeline(street.talk())[before:]
    assert len(said) == len(calls)
    words = sorted((on, text.rpartition("\n")[2]) for on, _, text in said)
    assert words == sorted((on, f"{on} {n}") for n in range(3) for on in EVERY)


def test_taken_apart_everybody_has_their_own_again(street: Street) -> None:
    everywhere(street)
    street.writes("line", "最後の質問")
    customer = street.person("line").customer_id
    done = street.db.read_now(lambda s: merges(s, street.shop.id, customer))

    def back(session: Session, merge_id: int) -> None:
        undo_merge(session, street.shop.id, merge_id, "agent:1", street.clock.now(), unheard)

    for one in reversed(done):
        street.db.write_now(partial(back, merge_id=one.id))
    assert len({street.person(on).customer_id for on in EVERY}) == 5
    # What each had alone is theirs again, and so is what they said while they were one: in the
    # conversation where they said it, empty places stay.
    assert {on: heard(street, on) for on in EVERY} == {
        "line": [
            ("line", "青いマグはありますか"),
            ("telegram", ""),
            ("messenger", ""),
            ("line", "最後の質問"),
        ],
        "telegram": [("telegram", "Telegramからです")],
        "messenger": [("messenger", "メッセンジャーです")],
        "email": [("email", "メールです")],
        "sms_twilio": [("sms_twilio", "SMSです")],
    }
    for on in EVERY:
        street.writes(on, f"{on}から")
        conv = street.talk(on)
        assert (conv.channel, conv.identity_id) == (on, street.person(on).id)
        channel, sender, words = street.timeline(conv)[-1]
        assert (channel, sender, words.rpartition("\n")[2]) == (on, "customer", f"{on}から")
