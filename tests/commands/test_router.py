"""kaiwa router and kaiwa channel link as a merchant types them, on both databases."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kaiwa.cli import main
from kaiwa.customers.identity import resolve
from kaiwa.engines.db import open_database
from kaiwa.vocabulary.address import Address

Kaiwa = Callable[..., tuple[int, str, str]]
TELEGRAM = ("--bot-token", "110:aa", "--webhook-secret", "s" * 20)


@pytest.fixture
def kodachi(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kaiwa:
    """Runs a command on one shop: (status, standard output, standard error)."""
    where = ["--data", str(tmp_path), "--database-url", database_url]
    new = ["merchant", "create", "木立道具店", "--slug", "kodachi", "--email", "a@kodachi.example"]
    assert main([*new, *where]) == 0

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([*words, "--merchant", "kodachi", *where])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_the_chain_is_off_until_it_is_set(kodachi: Kaiwa) -> None:
    known = "known: email instagram line messenger sms sms_gateway sms_twilio sms_vonage telegram"
    known += " web_chat whatsapp\n"
    assert kodachi("router", "show") == (0, f"fallback: off\n{known}", "")
    done = kodachi("router", "chain", "line", "email", "sms")
    assert done == (0, "fallback: line -> email -> sms\n", "")
    assert kodachi("router", "show")[1] == f"fallback: line -> email -> sms\n{known}"
    assert kodachi("router", "chain", "--off") == (0, "fallback: off\n", "")


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        ((), 2, "kaiwa: Name the channels in their order, or give --off.\n"),
        (("line", "--off"), 2, "kaiwa: Name the channels in their order, or give --off.\n"),
        (("line",), 1, "kaiwa: Name at least two channels: a first one and its fallback.\n"),
        (("line", "pigeon"), 1, "kaiwa: There is no channel 'pigeon'."),
    ],
)
def test_a_chain_that_cannot_be_changes_nothing(
    kodachi: Kaiwa, words: tuple[str, ...], status: int, why: str
) -> None:
    kodachi("router", "chain", "line", "email")
    got, out, err = kodachi("router", "chain", *words)
    assert (got, out) == (status, "")
    assert err.startswith(why)
    assert kodachi("router", "show")[1].startswith("fallback: line -> email\n")


def test_a_plain_link_and_one_for_a_customer(
    kodachi: Kaiwa, database_url: str, tmp_path: Path
) -> None:
    _, told, _ = kodachi("channel", "add", "telegram", *TELEGRAM, "--bot-username", "kodachi_bot")
    number = told.split()[1]
    plain = kodachi("channel", "link", number, "--ref", "poster")
    assert plain == (0, "https://t.me/kodachi_bot?start=poster\n", "")
    _, told, _ = kodachi("channel", "add", "web_chat", "--origin", "*")
    db, place = open_database(database_url), Address(int(told.split()[1]), "visitor", "v-1")
    who = db.write_now(lambda s: resolve(s, 1, place, datetime.now(UTC)))
    db.close()
    code = tmp_path / "link.svg"
    wanted = ("--customer", str(who.customer_id), "--qr", str(code))
    status, out, err = kodachi("channel", "link", number, *wanted)
    assert status == 0
    assert re.fullmatch(r"https://t\.me/kodachi_bot\?start=[A-Za-z0-9_-]{22}\n", out)
    assert err.startswith("It works once, until ")
    assert code.read_text("utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--customer", "99"), "kaiwa: There is no such customer.\n"),
        (("--ref", "two words"), "kaiwa: A link carries up to 64 letters, digits, - and _.\n"),
    ],
)
def test_a_link_that_cannot_be(kodachi: Kaiwa, words: tuple[str, ...], why: str) -> None:
    _, told, _ = kodachi("channel", "add", "telegram", *TELEGRAM, "--bot-username", "kodachi_bot")
    assert kodachi("channel", "link", told.split()[1], *words) == (1, "", why)
