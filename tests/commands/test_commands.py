"""The command line as people type it, on both databases."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kaiwa.cli import main
from tests.fakes.line_http import served
from tests.fakes.telegram_platform import TelegramPlatform

Kaiwa = Callable[..., tuple[int, str, str]]
FAQ = Path(__file__).parents[2] / "demo" / "faq.csv"


@pytest.fixture
def kaiwa(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kaiwa:
    """Runs a command against a fresh database: (status, standard output, standard error)."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        options = ["--data", str(tmp_path), "--database-url", database_url]
        status = main([*words, *options])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def shop(kaiwa: Kaiwa) -> Kaiwa:
    kaiwa("merchant", "create", "木立道具店", "--slug", "kodachi", "--email", "a@kodachi.example")
    return kaiwa


def test_a_merchant_is_created_with_an_owner_who_can_log_in(kaiwa: Kaiwa) -> None:
    status, out, _ = kaiwa("merchant", "create", "Kodachi Tools", "--email", "A@Kodachi.example")
    assert status == 0
    assert re.fullmatch(r"merchant: kodachi-tools\nlog-in: A@Kodachi.example \S{16}\n", out)


def test_a_second_merchant_of_the_same_name_is_refused(shop: Kaiwa) -> None:
    again = ("merchant", "create", "x", "--slug", "kodachi", "--email", "b@kodachi.example")
    assert shop(*again) == (
        1, "", "kaiwa: There is a merchant 'kodachi' already. Give another one with --slug.\n",
    )  # fmt: skip


def test_a_line_inbox_prints_its_webhook_path(shop: Kaiwa) -> None:
    add = ("channel", "add", "line", "--merchant", "kodachi", "--secret", "s", "--token", "t")
    status, out, _ = shop(*add, "--api-base", "http://127.0.0.1:9")
    assert status == 0
    assert re.fullmatch(r"inbox: \d+ line LINE\nwebhook: /webhooks/line/[\w-]{24}\n", out)
    assert shop("channel", "list", "--merchant", "kodachi")[1] == out


def test_a_missing_credential_is_named(shop: Kaiwa) -> None:
    status, out, err = shop("channel", "add", "line", "--merchant", "kodachi", "--secret", "s")
    assert (status, out) == (1, "")
    assert err == "kaiwa: LINE needs: channel_access_token.\n"
    assert shop("channel", "list", "--merchant", "kodachi")[1] == ""


def test_a_platform_is_told_where_to_call(shop: Kaiwa, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = TelegramPlatform("110:aa", lambda: 0.0)
    secret = "a-secret-of-our-own"
    with served(platform) as base:
        add = ("channel", "add", "telegram", "-m", "kodachi", "--bot-token", "110:aa")
        _, out, _ = shop(*add, "--webhook-secret", secret, "--api-base", base)
        number, path = re.findall(r"inbox: (\d+)|webhook: (\S+)", out)[0][0], out.split()[-1]
        connect = ("channel", "connect", number, "-m", "kodachi")
        assert shop(*connect) == (
            1, "", "kaiwa: Telegram calls https only: give --public-url or KAIWA_PUBLIC_URL.\n",
        )  # fmt: skip
        assert platform.webhook["url"] == ""
        monkeypatch.setenv("KAIWA_PUBLIC_URL", "https://chat.shop.example")
        url = f"https://chat.shop.example{path}"
        assert shop(*connect) == (0, f"Telegram calls {url}\n", "")
    assert (platform.webhook["url"], platform.webhook["secret_token"]) == (url, secret)


def test_a_channel_of_our_own_has_nobody_to_tell(shop: Kaiwa) -> None:
    _, out, _ = shop("channel", "add", "web_chat", "-m", "kodachi", "--origin", "*")
    status, _, err = shop("channel", "connect", out.split()[1], "-m", "kodachi")
    assert status == 1
    assert err.endswith("cannot be told by us. Its how-to says where to enter it.\n")


def test_a_chat_has_an_address_that_carries_a_word(shop: Kaiwa) -> None:
    add = ("channel", "add", "messenger", "-m", "kodachi", "--access-token", "t", "--app-secret")
    ids = ("--verify-token", "sixteen-letters-", "--page-id", "104", "--app-id", "2")
    _, out, _ = shop(*add, "s", *ids)
    link = ("channel", "link", out.split()[1], "-m", "kodachi")
    assert shop(*link) == (0, "https://m.me/104\n", "")
    assert shop(*link, "--ref", "cart_1") == (0, "https://m.me/104?ref=cart_1\n", "")
    assert shop(*link, "--ref", "買い物")[0] == 1
    _, out, _ = shop("channel", "add", "web_chat", "-m", "kodachi", "--origin", "*")
    status, _, err = shop("channel", "link", out.split()[1], "-m", "kodachi")
    assert (status, err) == (1, "kaiwa: Links to the chat need the page it is on.\n")


def test_an_unknown_merchant_is_told_with_the_known_ones(shop: Kaiwa) -> None:
    assert shop("channel", "list", "--merchant", "nobody") == (
        1, "", "kaiwa: There is no merchant 'nobody'. Known: kodachi.\n",
    )  # fmt: skip


def test_faq_rows_are_taken_or_refused_with_line_and_reason(shop: Kaiwa, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_bytes("question,answer,language,tags\n送料は？,660円です。,ja,\n,空,ja,\n".encode())
    status, out, err = shop("import", "faq", str(file), "--merchant", "kodachi")
    assert (status, out) == (0, "taken: 1 (1 new), refused: 1\n")
    assert err.startswith("line 3: ")
    assert shop("import", "faq", str(file), "--merchant", "kodachi")[1] == (
        "taken: 1 (0 new), refused: 1\n"
    )


def test_one_turn_for_people(shop: Kaiwa) -> None:
    shop("import", "faq", str(FAQ), "--merchant", "kodachi")
    status, out, _ = shop("try", "送料はいくらですか", "--merchant", "kodachi")
    assert status == 0
    assert "acts   faq" in out
    assert "660円" in out


def test_many_turns_as_json_lines(shop: Kaiwa, monkeypatch: pytest.MonkeyPatch) -> None:
    shop("import", "faq", str(FAQ), "--merchant", "kodachi")
    said = [
        {"session": "a", "say": "送料はいくらですか"},
        {"session": "b", "say": "talk to a human"},
        {"session": "a", "say": "ありがとう"},
    ]
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in said)
    monkeypatch.setattr("sys.stdin", _Stdin(lines + "not json\n"))
    status, out, err = shop("try", "--json", "--merchant", "kodachi")
    found: list[dict[str, Any]] = [json.loads(row) for row in out.splitlines()]
    assert [row["session"] for row in found] == ["a", "b", "a"]
    assert [row["skill"] for row in found] == ["faq", "handoff", "thanks"]
    assert [row["handoff"] for row in found] == [False, True, False]
    assert set(found[0]) == {
        "session", "acts", "confidence", "skill", "texts", "products", "cart", "faq", "answered",
        "asks_for", "handoff", "order", "ms",
    }  # fmt: skip
    assert status == 1
    assert err.startswith("line 4: ")


def test_an_empty_shop_exports_nothing(shop: Kaiwa) -> None:
    for what in ("messages", "customers", "events"):
        assert shop("export", what, "--merchant", "kodachi") == (0, "", "")


def test_the_doctor_and_the_queue_of_a_fresh_shop(shop: Kaiwa) -> None:
    assert shop("jobs") == (0, "", "")
    assert shop("jobs", "--revive", "7")[2] == "kaiwa: Job 7 is not a dead job.\n"


def test_a_database_that_is_not_there_is_told(tmp_path: Path, capsys: Any) -> None:
    assert main(["jobs", "--data", str(tmp_path / "new")]) == 1
    assert capsys.readouterr().err == (
        f"kaiwa: There is no database in {tmp_path / 'new'}. Run: kaiwa migrate\n"
    )
    assert not (tmp_path / "new").exists()


class _Stdin(io.TextIOWrapper):
    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")
