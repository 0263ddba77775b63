"""Mail to agents who are away: what waits for them, once, and not too often."""

import asyncio
import email
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from email.policy import default
from typing import Any

import msgspec
import pytest

from kaiwa.channels.email import CHANNEL as EMAIL
from kaiwa.conversations.mention import see_mentions
from kaiwa.conversations.note import NewNote, write_note
from kaiwa.desk.mail_choice import MailChoice, choose_mail, mail_choice
from kaiwa.desk.mailing import Mailing
from kaiwa.engines.http import HttpAnswer
from kaiwa.engines.queue import Job, NewJob, enqueue
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.audit import deeds
from kaiwa.merchants.inbox import NewInbox, add_inbox
from kaiwa.vocabulary.errors import Invalid, NotFound, Unreachable
from tests.desk.office import Office
from tests.fakes.mail_exchange import MailExchange, Mood
from tests.fakes.recorded_http import RecordedHttp
from tests.world import SECRETS, Shop, World, dump

NO_HTTP = RecordedHttp(HttpAnswer(404, {}, b""))
CHOICE = MailChoice(after_minutes=10, every_minutes=30)


class Post:
    """Aoi wants mail; the shop's e-mail inbox sends through a strict server."""

    def __init__(self, world: World, shop: Shop, exchange: MailExchange) -> None:
        self.world, self.shop, self.exchange = world, shop, exchange
        channels: dict[str, Any] = world.channels
        channels["email"] = EMAIL
        self.office = Office(world, shop, capacity=5)
        self.aoi = self.office.agent("Aoi")
        self.ren = self.office.agent("Ren", there=False)
        credentials = {
            "address": "shop@shop.example", "smtp_server": exchange.address, "password": "s3cret"
        }  # fmt: skip
        box = NewInbox("email", credentials=credentials)
        world.write(lambda s: add_inbox(s, shop.id, box, SECRETS, world.now))
        self.wants(self.aoi, CHOICE)
        engines = (world.db, NO_HTTP, SECRETS, world.clock)
        self.mailing = Mailing(engines, None, "https://kaiwa.example")

    def wants(self, whom: Agent, choice: MailChoice | None) -> None:
        self.world.write(lambda s: choose_mail(s, self.shop.id, whom.id, choice, self.world.now))

    def noted(self, text: str, client_id: str = "n1") -> None:
        """Ren writes a note."""
        new = NewNote(self.shop.open().id, self.ren.id, client_id, text)
        self.world.write(lambda s: write_note(s, self.shop.id, new, self.world.now))

    def planned(self) -> list[Job]:
        """A minute's plan; the mails it leads to."""
        self.world.write(lambda s: enqueue(s, NewJob("mails", "plan_mails"), self.world.now))
        [job] = self.world.claimed("mails")
        asyncio.run(self.mailing.plan_mails(job))
        return [one for one in self.world.claimed("desk") if one.kind == "mail_agent"]

    def goes_out(self) -> list[str]:
        """Plan and send; the words of the mails that went."""
        before = len(self.exchange.taken)
        for job in self.planned():
            asyncio.run(self.mailing.mail_agent(job))
        return [words(one.mail) for one in self.exchange.taken[before:]]

    def away(self, minutes: float) -> None:
        """Nobody's browser is heard from for so long."""
        self.world.clock.at += timedelta(minutes=minutes)


def parsed(raw: bytes) -> Message:
    return email.message_from_bytes(raw, policy=default)


def words(raw: bytes) -> str:
    plain = next(one for one in parsed(raw).walk() if one.get_content_type() == "text/plain")
    return str(plain.get_content())  # type: ignore[attr-defined]


@pytest.fixture
def post(world: World, shop: Shop) -> "Post":
    exchange = MailExchange()
    exchange.__enter__()
    return Post(world, shop, exchange)


@pytest.fixture(autouse=True)
def closed(post: Post) -> Iterator[None]:
    yield
    post.exchange.__exit__()


def test_what_waits_is_mailed_once_and_says_nothing_a_customer_wrote(post: Post) -> None:
    conv = post.office.wants_person("mika", "秘密の相談")
    post.office.work()
    assert post.office.has(conv) == post.aoi.id
    post.noted("@Aoi 秘密のノート")
    post.away(9)
    assert post.goes_out() == []
    post.away(2)
    [said] = post.goes_out()
    link = f"https://kaiwa.example/desk/conversations/{conv.id}"
    assert said.count(link) == 2
    assert "Ren さんが社内メモであなたをメンションしました" in said
    assert "返信を11分待っています" in said
    assert "秘密" not in said
    [taken] = post.exchange.taken
    assert taken.to == post.aoi.email
    assert parsed(taken.mail)["Subject"] == "Shop：2件があなたを待っています"
    # Never again, however long it waits; the next customer is another thing.
    post.away(60 * 24)
    assert post.goes_out() == []
    post.shop.hear("まだですか", "mika")
    post.office.answers(post.aoi, conv)
    post.shop.hear("ありがとう", "mika")
    post.away(40)
    [later] = post.goes_out()
    assert later.count(link) == 1
    kept = post.world.read(lambda s: mail_choice(s, post.shop.id, post.aoi.id))
    assert kept is not None
    assert kept.choice == CHOICE


def test_two_mails_are_as_far_apart_as_was_chosen(post: Post) -> None:
    post.shop.hear("こんにちは")
    post.noted("@Aoi 1")
    post.away(11)
    assert len(post.goes_out()) == 1
    post.noted("@Aoi 2", "n2")
    post.noted("@Aoi 3", "n3")
    post.away(20)
    assert post.goes_out() == []
    post.away(10)
    [both] = post.goes_out()
    assert both.count("メンション") == 2


def test_who_is_there_or_has_looked_or_wants_none_is_not_mailed(post: Post) -> None:
    post.shop.hear("こんにちは")
    post.noted("@Aoi お願い")
    post.office.passes(60 * 15)
    assert post.goes_out() == []
    # Away by her own word is away.
    post.office.says(post.aoi, "away")
    conv = post.shop.open()
    ids = (post.aoi.id, conv.id)
    planned = post.planned()
    assert len(planned) == 1
    # She looks between the plan and the mail.
    post.world.write(lambda s: see_mentions(s, post.shop.id, ids, post.world.now))
    asyncio.run(post.mailing.mail_agent(planned[0]))
    assert post.exchange.taken == []
    post.noted("@Aoi もう一度", "n2")
    post.wants(post.aoi, None)
    post.away(60)
    assert post.goes_out() == []


@pytest.mark.parametrize(
    ("mood", "again"),
    [("busy", True), ("unknown_user", True), ("silent_after", False)],
)
def test_a_mail_that_may_have_gone_is_not_sent_again(
    post: Post, mood: Mood, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mood == "silent_after":
        # All of it is waited out; a server that speaks has its time on a busy machine.
        monkeypatch.setattr("kaiwa.channels.email.smtp.TIMEOUT_S", 3)
    post.shop.hear("こんにちは")
    post.noted("@Aoi お願い")
    post.away(11)
    post.exchange.mood = mood
    [job] = post.planned()
    try:
        asyncio.run(post.mailing.mail_agent(job))
        retried = None
    except Unreachable:
        # The queue tries the same job again.
        retried = job
    post.exchange.mood = "well"
    before = len(post.exchange.taken)
    if retried is not None:
        asyncio.run(post.mailing.mail_agent(retried))
    post.away(31)
    post.goes_out()
    assert len(post.exchange.taken) - before == int(again)


def test_a_worker_that_died_with_a_mail_in_its_hands_sends_no_second(post: Post) -> None:
    post.shop.hear("こんにちは")
    post.noted("@Aoi お願い")
    post.away(11)
    [job] = post.planned()
    asyncio.run(post.mailing.mail_agent(msgspec.structs.replace(job, losses=1)))
    assert post.exchange.taken == []
    post.away(60)
    assert post.goes_out() == []


def test_without_anything_to_send_through_nothing_is_claimed(world: World, post: Post) -> None:
    post.shop.hear("こんにちは")
    post.noted("@Aoi お願い")
    world.write(lambda s: s.run("UPDATE inbox SET disabled_at = 1 WHERE channel = 'email'"))
    post.away(11)
    assert post.goes_out() == []
    assert world.read(lambda s: s.all("SELECT * FROM mail_told")) == []
    # The operator's own server does as well.
    server = {
        "address": "desk@kaiwa.example", "smtp_server": post.exchange.address, "password": "s3cret"
    }  # fmt: skip
    engines = (world.db, NO_HTTP, SECRETS, world.clock)
    post.mailing = Mailing(engines, server, "https://kaiwa.example")
    [said] = post.goes_out()
    assert "メンション" in said
    assert "desk@kaiwa.example" in parsed(post.exchange.taken[0].mail)["From"]


def test_a_choice_is_kept_in_bounds_and_written_down(post: Post) -> None:
    world, shop = post.world, post.shop
    before = dump(world.db, shop.id)
    for wrong in (MailChoice(4, 60), MailChoice(15, 1441)):
        with pytest.raises(Invalid):
            post.wants(post.aoi, wrong)
    with pytest.raises(NotFound):
        world.write(lambda s: choose_mail(s, shop.id, 2**40, CHOICE, world.now))
    assert dump(world.db, shop.id) == before
    post.wants(post.aoi, None)
    assert world.read(lambda s: mail_choice(s, shop.id, post.aoi.id)) is None
    told = [deed.detail for _, deed in world.read(lambda s: deeds(s, shop.id))]
    assert told[:2] == [{"wanted": False}, {"wanted": True, "after": 10, "every": 30}]
