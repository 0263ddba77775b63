"""A mailbox is looked through: what is new, once, whatever the server does meanwhile."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from kaiwa.channels import Account, Pulled
from kaiwa.channels.email import CHANNEL
from kaiwa.channels.email import imap as reading
from kaiwa.channels.email.limits import LIMITS, Limit
from kaiwa.desk.inbox_health import found
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.event import Unheard
from tests.channels.email.conftest import NOW, with_credentials
from tests.fakes.mail_exchange import MailExchange
from tests.fakes.mailbox_server import Folder, MailboxServer

LATER = timedelta(minutes=2)


def letter(number: int) -> str:
    head = f"From: hana@example.jp\nSubject: {number}\nMessage-ID: <{number}@example.jp>\n"
    return f"{head}\nNo {number}\n"


class Looks:
    """Look after look at one mailbox, with the mark of the one before."""

    def __init__(self, server: MailboxServer, account: Account) -> None:
        self.server = server
        self.account = with_credentials(account, imap_server=server.address)
        self.mark, self.now = "", NOW

    def look(self, after: timedelta = LATER) -> Pulled:
        self.now += after
        found = asyncio.run(CHANNEL.pull(self.mark, self.account, self.now))
        self.mark = found.mark
        return found

    def take(self, after: timedelta = LATER) -> list[str]:
        """The ids of what a look brought, which is kept then."""
        found = self.look(after)
        asyncio.run(CHANNEL.kept(found.receipt, self.account))
        return ids(found)


def ids(found: Pulled) -> list[str]:
    return [event.external_id for body in found.bodies for _, event in CHANNEL.parse(body, NOW)]


@pytest.fixture
def server() -> Iterator[MailboxServer]:
    with MailboxServer() as running:
        yield running


@pytest.fixture
def looks(server: MailboxServer, account: Account) -> Looks:
    return Looks(server, account)


def arrive(server: MailboxServer, *numbers: int, at: datetime = NOW, seen: bool = False) -> None:
    flags = ("\\Seen",) if seen else ()
    server.arrive(*map(letter, numbers), at=at, flags=flags)


def named(*numbers: int) -> list[str]:
    return [f"<{number}@example.jp>" for number in numbers]


def test_the_first_look_takes_what_is_new_and_leaves_the_past_alone(looks: Looks) -> None:
    arrive(looks.server, 1, at=NOW - timedelta(days=9))
    arrive(looks.server, 2, seen=True)
    arrive(looks.server, 3, 4)
    assert looks.take() == named(3, 4)
    assert looks.take() == []
    arrive(looks.server, 5)
    assert looks.take() == named(5)


def test_after_an_empty_first_look_the_past_stays_alone(looks: Looks) -> None:
    arrive(looks.server, 1, seen=True)
    assert looks.take() == []
    arrive(looks.server, 2, seen=True)
    assert looks.take() == named(2)


def test_what_another_program_read_meanwhile_is_taken_all_the_same(looks: Looks) -> None:
    looks.take()
    arrive(looks.server, 1, seen=True)
    assert looks.take() == named(1)


def test_nothing_is_marked_as_read_before_it_is_kept(looks: Looks) -> None:
    arrive(looks.server, 1)
    found = looks.look()
    assert looks.server.inbox.mails[0].flags == set()
    asyncio.run(CHANNEL.kept(found.receipt, looks.account))
    assert looks.server.inbox.mails[0].flags == {"\\Seen"}


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 MOVE UIDPLUS", "IMAP4rev1 UIDPLUS"])
def test_what_is_kept_is_moved_where_the_merchant_wants_it(looks: Looks, capabilities: str) -> None:
    looks.server.capabilities = capabilities
    looks.server.folders["&U9dP4TBXMF8-"] = Folder()
    looks.account = with_credentials(looks.account, done_folder="受信した")
    arrive(looks.server, 1, 2)
    assert looks.take() == named(1, 2)
    assert looks.server.inbox.mails == []
    assert len(looks.server.folders["&U9dP4TBXMF8-"].mails) == 2


def test_renumbered_mail_of_the_last_days_comes_again_under_the_same_ids(looks: Looks) -> None:
    arrive(looks.server, 1, at=NOW - timedelta(days=9))
    looks.take()
    arrive(looks.server, 2, 3)
    assert looks.take() == named(2, 3)
    looks.server.inbox.renumber()
    arrive(looks.server, 4, seen=True)
    assert looks.take() == named(2, 3, 4)
    assert looks.take() == []


def test_numbers_that_changed_between_look_and_keeping_mark_nothing(looks: Looks) -> None:
    arrive(looks.server, 1)
    found = looks.look()
    looks.server.inbox.renumber()
    asyncio.run(CHANNEL.kept(found.receipt, looks.account))
    assert looks.server.inbox.mails[0].flags == set()


def test_more_than_a_batch_comes_in_batches_in_order(looks: Looks) -> None:
    arrive(looks.server, 0, seen=True)
    arrive(looks.server, *range(1, 46))
    first = looks.look()
    assert (len(first.bodies), first.more) == (20, True)
    arrive(looks.server, 46)
    second, third = looks.look(timedelta()), looks.look(timedelta())
    assert (second.more, third.more) == (True, False)
    assert [*ids(first), *ids(second), *ids(third)] == named(*range(1, 47))


def test_a_mail_that_cannot_be_had_is_noted_and_stops_nobody(looks: Looks) -> None:
    arrive(looks.server, 1, 2, 3)
    looks.server.broken = {2}
    found = looks.look()
    events = [event for body in found.bodies for _, event in CHANNEL.parse(body, NOW)]
    assert [one.external_id for one in events] == [*named(1), "imap:1:2#lost", *named(3)]
    assert isinstance(events[1].heard, Unheard)
    assert looks.take() == []


def test_a_hostile_mail_stops_nobody(looks: Looks) -> None:
    looks.take()
    for body in (
        b"",
        b"\0\xff" * 99,
        b"Content-Type: multipart/x; boundary=x\r\n" * 99,
        b"kaiwa-mail/1 {",
    ):
        looks.server.inbox.put(body, NOW)
    arrive(looks.server, 1)
    assert looks.take()[-1:] == named(1)


def test_a_line_that_goes_dead_is_for_later_from_the_same_mark(looks: Looks) -> None:
    looks.take()
    arrive(looks.server, 1, 2)
    looks.server.drops_after = 1
    before = looks.mark
    with pytest.raises(Unreachable):
        looks.look()
    assert looks.mark == before
    looks.server.drops_after = None
    assert looks.take() == named(1, 2)


def test_of_a_mail_that_is_too_large_the_beginning_is_read(
    looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "mail_in", Limit(2_000, "bytes", "ours", "2026-11"))
    monkeypatch.setitem(LIMITS, "begin_of_too_large", Limit(500, "bytes", "ours", "2026-11"))
    looks.server.arrive(letter(1) + "x\n" * 2_000, at=NOW)
    (body,) = looks.look().bodies
    assert len(body) < 600
    assert ids(Pulled((body,), "")) == named(1)


def test_a_wrong_password_and_a_wrong_folder_are_the_accounts(looks: Looks) -> None:
    right = looks.account
    for wrong in ({"password": "wrong"}, {"folder": "Nowhere"}):
        looks.account = with_credentials(right, **wrong)
        with pytest.raises(Refused) as caught:
            looks.look()
        assert caught.value.detail["reason"] == "credentials"


def test_it_is_looked_as_often_as_the_merchant_says(looks: Looks) -> None:
    looks.account = with_credentials(looks.account, poll_minutes="10")
    looks.take()
    arrive(looks.server, 1)
    assert looks.take(timedelta(minutes=5)) == []
    assert looks.take(timedelta(minutes=5)) == named(1)


def test_without_a_server_nothing_is_looked_at(account: Account) -> None:
    assert asyncio.run(CHANNEL.pull("", account, NOW)) == Pulled((), "")


def test_a_mark_that_cannot_be_read_is_none() -> None:
    assert reading.read_mark("{oops") == reading.Mark()


def health(account: Account) -> list[str]:
    return asyncio.run(CHANNEL.health(account, None))  # type: ignore[arg-type]


def test_health_tries_both_log_ins(looks: Looks) -> None:
    with MailExchange() as exchange:
        right = with_credentials(looks.account, smtp_server=exchange.address)
        assert health(right) == []
        (words,) = health(with_credentials(right, folder="Nowhere"))
        host = "127.0.0.1"
        assert words.startswith(
            f"Receiving does not work: there is no mailbox Nowhere at {host}. Write its name as"
        )
        sending, receiving = health(with_credentials(right, password="wrong"))
        assert sending.startswith(
            f"Sending does not work: {host} does not know user and password. Where the log-in has"
        )
        assert receiving.startswith(f"Receiving does not work: {host} does not know user and")
        assert found("email", sending).said.ja.startswith(
            f"送信できません：{host}がユーザー名とパスワードを認めません。"
        )
        (words,) = health(with_credentials(right, imap_server=""))
        assert words.startswith("No mail comes in")
    (words,) = health(right)
    assert words.startswith(f"Sending does not work: {host} cannot be reached (")
    assert words.endswith("). Check name and port, and whether a firewall is between.")
    assert found("email", words).said.ja.startswith(f"送信できません：{host}につながりません（")


def test_health_says_what_cannot_be_right(account: Account) -> None:
    (words,) = health(with_credentials(account, smtp_server="mail server"))
    assert words.startswith("Something of the account cannot be right: 'mail server' is not")
    gmail = with_credentials(account, address="shop@gmail.com", webhook_secret="x" * 16)
    assert health(gmail)[0].startswith("Mail in the name of gmail.com cannot be signed by you")
