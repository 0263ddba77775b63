"""Ways to pay from the command line, on both databases."""

import re
from pathlib import Path

from tests.commands.test_commands import Kaiwa, kaiwa, shop

__all__ = ["kaiwa", "shop"]

ADD = ("payment", "add", "stripe", "--merchant", "kodachi", "--code", "card")


def test_stripe_is_added_with_its_webhook_and_changed(shop: Kaiwa, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("sk_test_1\n")
    given = ("--credential", f"secret_key=@{key}", "--setting", "kind=card")
    status, out, _ = shop(*ADD, *given)
    assert status == 0
    assert re.fullmatch(
        r"payment: card stripe Stripe kind=card\nwebhook: /webhooks/payments/1-\d+-[\w-]{22}\n", out
    )
    more = ("--credential", "webhook_secret=whsec_1", "--title", "カード")
    _, again, _ = shop(*ADD, *given, *more)
    assert again.splitlines() == ["payment: card stripe カード kind=card", out.splitlines()[1]]
    assert shop("payment", "list", "--merchant", "kodachi")[1] == again


def test_no_secret_is_kept_as_it_is(shop: Kaiwa, tmp_path: Path) -> None:
    shop(*ADD, "--credential", "secret_key=sk_test_1", "--setting", "kind=card")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"sk_test_1" in path.read_bytes() for path in files)


def test_what_is_wrong_is_said_and_nothing_is_added(shop: Kaiwa) -> None:
    for words, told in (
        (("--credential", "secret_key=sk_1", "--setting", "kind=cash"), "card, konbini"),
        (("--setting", "kind=card"), "secret_key"),
        (("--credential", "secret_key=@/nowhere", "--setting", "kind=card"), "/nowhere"),
        (("--credential", "secret_key", "--setting", "kind=card"), "NAME=VALUE"),
        (("--credential", "secret_key=sk_1", "--setting", "kind=card", "--fee", "-1"), "negative"),
    ):
        status, out, err = shop(*ADD, *words)
        assert (status, out) == (1, "")
        assert told in err
    assert shop("payment", "list", "--merchant", "kodachi")[1] == ""
    barter = ("payment", "add", "barter", "--merchant", "kodachi", "--code", "b")
    assert "bank_transfer" in shop(*barter)[2]


def test_what_is_paid_by_hand_has_no_webhook_and_can_end(shop: Kaiwa) -> None:
    bank = ("payment", "add", "bank_transfer", "--merchant", "kodachi", "--code", "bank")
    added = shop(*bank, "--setting", "bank=みずほ")[1]
    assert added == "payment: bank bank_transfer 銀行振込 bank=みずほ\n"
    end = ("payment", "end", "bank", "--merchant", "kodachi")
    assert shop(*end)[0] == 0
    assert shop("payment", "list", "--merchant", "kodachi")[1] == ""
    assert "There is no way to pay" in shop(*end)[2]


def test_a_carriers_webhook_is_shown(shop: Kaiwa) -> None:
    show = ("carrier", "webhook", "yamato", "--merchant", "kodachi")
    status, out, _ = shop(*show)
    assert status == 0
    assert re.fullmatch(
        r"webhook: /webhooks/carriers/yamato/1-[\w-]{22}\nsecret: ksec_[0-9a-f]{64}\n", out
    )
    assert shop(*show)[1] == out
    assert shop("carrier", "webhook", "owl", "--merchant", "kodachi")[0] == 1
