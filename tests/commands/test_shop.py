"""kaiwa shop, shipping and terms as a merchant types them, on both databases."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kaiwa.cli import main

Kaiwa = Callable[..., tuple[int, str, str]]
SHOWN = (
    "shop: kodachi 木立道具店\n"
    "language: ja  currency: JPY  time zone: Asia/Tokyo\n"
    "bot: - (answers)  accent: default\n"
    "returns: 8 days from delivery  delivery dates: 14 days ahead\n"
    "tax: rounded down once per rate  first order: 1001\n"
    "abandoned carts: after 60 minutes\n"
)


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


def test_a_shop_is_shown_as_it_is(kodachi: Kaiwa) -> None:
    assert kodachi("shop", "show") == (0, SHOWN, "")


def test_what_is_set_is_shown_and_the_rest_stays(kodachi: Kaiwa) -> None:
    status, out, _ = kodachi(
        "shop", "set", "--bot-name", "こだち", "--accent", "#1a5f4c", "--bot-answers", "no",
        "--return-days", "0", "--abandoned-after", "0", "--wrap", "noshi=330",
        "--wrap-title", "noshi=熨斗", "--wrap", "bag=0",
    )  # fmt: skip
    assert status == 0
    assert out == (
        "shop: kodachi 木立道具店\n"
        "language: ja  currency: JPY  time zone: Asia/Tokyo\n"
        "bot: こだち (is silent)  accent: #1a5f4c\n"
        "returns: not taken  delivery dates: 14 days ahead\n"
        "tax: rounded down once per rate  first order: 1001\n"
        "abandoned carts: not noticed\n"
        "gift wrap: noshi ¥330 熨斗 (ja)\n"
        "gift wrap: bag ¥0\n"
    )
    kodachi("shop", "set", "--wrap-title", "noshi=Noshi", "--language", "en", "--no-wrap", "bag")
    last = kodachi("shop", "show")[1].splitlines()[-1]
    assert last == "gift wrap: noshi ¥330 熨斗 (ja), Noshi (en)"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--accent", "green"], "The accent is a colour such as #1a5f4c."),
        (["--timezone", "Mars/Base"], "There is no time zone 'Mars/Base'. Write it as Asia/Tokyo."),
        (["--name", " "], "A merchant needs a name."),
        (["--return-days", "-1"], "return_days is 0 to 3650, not -1."),
        (["--abandoned-after", "999999"], "abandoned_after_minutes is 0 to 129600, not 999999."),
        (["--first-number", "0"], "The first order number is at least 1."),
        (["--wrap", "noshi=-1"], "A wrapping costs nothing or more."),
        (["--wrap", "noshi=a lot"], "not an amount: 'a lot'."),
        (["--wrap", "noshi"], "Write it as NAME=VALUE: noshi"),
        (["--wrap-title", "x=X"], "There is no gift wrap 'x': give its price with --wrap."),
        (["--no-wrap", "x"], "There is no gift wrap 'x'."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_set(
    kodachi: Kaiwa, words: list[str], told: str
) -> None:
    assert kodachi("shop", "set", "--bot-name", "half", *words) == (1, "", f"kaiwa: {told}\n")
    assert kodachi("shop", "show")[1] == SHOWN


def test_rates_are_added_listed_and_removed(kodachi: Kaiwa) -> None:
    assert kodachi("shipping", "list") == (
        0, "", "Nothing can be sent yet. Run: kaiwa shipping add\n",
    )  # fmt: skip
    add = ("shipping", "add", "宅急便", "--carrier", "yamato", "--price", "1,200")
    status, out, _ = kodachi(*add, "--region", "四国", "--region", "沖縄", "--free-from", "10000")
    assert status == 0
    rate_id = out.split()[1]
    assert out == (
        f"rate: {rate_id} 宅急便 ¥1,200, free from ¥10,000, 徳島県、香川県、愛媛県、高知県、沖縄県,"
        " 2 days by yamato, slots am 14-16 16-18 18-20 19-21\n"
    )
    light = ("shipping", "add", "Letter", "--price", "200", "--up-to", "1000", "--over", "50")
    light_out = kodachi(*light, "--country", "us", "--plus-tax", "--days", "9")[1]
    assert light_out.endswith(
        " Letter ¥200 plus tax, all of US, over 50 g, up to 1000 g, 9 days by generic,"
        " slots am pm\n"
    )
    assert kodachi("shipping", "list")[1] == out + light_out
    assert kodachi("shipping", "remove", rate_id) == (0, f"removed: {rate_id}\n", "")
    assert kodachi("shipping", "list")[1] == light_out
    again = f"kaiwa: There is no rate {rate_id}. Run: kaiwa shipping list\n"
    assert kodachi("shipping", "remove", rate_id) == (1, "", again)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--price", "-1"], "not negative"),
        (["--price", "cheap"], "not an amount: 'cheap'"),
        (["--price", "10.5"], "JPY has 0 decimals"),
        (["--price", "1", "--carrier", "pigeon"], "There is no carrier 'pigeon'"),
        (["--price", "1", "--region", "Mars"], "There is no prefecture 'Mars', and no area."),
        (["--price", "1", "--country", "Japan"], "two letters"),
        (["--price", "1", "--over", "100", "--up-to", "100"], "from over some grams"),
        (["--price", "1", "--days", "-2"], "not negative"),
        (["--price", "1", "--free-from", "-2"], "not negative"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(kodachi: Kaiwa, words: list[str], told: str) -> None:
    status, out, err = kodachi("shipping", "add", "宅急便", *words)
    assert (status, out) == (1, "")
    assert told in err
    assert kodachi("shipping", "list")[1] == ""


def test_the_legal_notice_is_filled_in_until_nothing_is_missing(kodachi: Kaiwa) -> None:
    status, out, err = kodachi(
        "terms", "set", "--seller", "株式会社木立", "--phone", "03-1234-5678"
    )
    assert (status, out) == (0, "")
    assert err == (
        "Still missing: --representative, --address, a rate (kaiwa shipping add) or --fees,"
        " a way to pay, --payment-time, --delivery-time, --returns\n"
    )
    kodachi("shipping", "add", "宅急便", "--price", "550")
    err = kodachi(
        "terms", "set", "--representative", "木立太郎", "--address", "東京都渋谷区1-2-3",
        "--payment-time", "ご注文時", "--delivery-time", "3日以内に発送", "--returns", "当店負担",
        "--email", "shop@kodachi.example", "--invoice-number", "t7010705000725",
    )[2]  # fmt: skip
    assert err == "Still missing: a way to pay\n"
    kodachi("terms", "set", "--language", "en", "--seller", "Kodachi Inc.", "--returns", "We pay.")
    status, out, _ = kodachi("terms", "show", "--language", "en")
    assert status == 1
    assert out == (
        "Seller: Kodachi Inc.\n"
        "Person responsible: 木立太郎\n"
        "Address: 東京都渋谷区1-2-3\n"
        "Telephone: 03-1234-5678\n"
        "E-mail: shop@kodachi.example\n"
        "Prices: As shown on each product's page and again before you place the order.\n"
        "Charges beside the price: 宅急便: ¥550\n"
        "When payment is due: ご注文時\n"
        "When goods are delivered: 3日以内に発送\n"
        "Returns and exchanges: Goods can be returned within 8 days of their arrival.\n"
        "  We pay.\n"
        "Qualified invoice issuer number: T7010705000725\n"
    )


def test_an_empty_text_takes_it_back(kodachi: Kaiwa) -> None:
    kodachi("terms", "set", "--seller", "A", "--invoice-number", "T7010705000725")
    kodachi("terms", "set", "--seller", "", "--invoice-number", "")
    out = kodachi("terms", "show")[1]
    assert "販売業者" not in out
    assert "登録番号" not in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--invoice-number", "T1234567890123"], "The check digit of T1234567890123 is wrong"),
        (["--invoice-number", "T12"], "T and 13 digits"),
        (["--phone", "call me"], "This is no telephone number: 'call me'."),
        (["--email", "nobody"], "This is no e-mail address: 'nobody'."),
        (["--returns", "x" * 2001], "returns is text of at most 2000 characters."),
        (["--address", "a\x00b"], "address is text"),
    ],
)
def test_words_that_cannot_be_are_refused_and_nothing_is_kept(
    kodachi: Kaiwa, words: list[str], told: str
) -> None:
    status, out, err = kodachi("terms", "set", "--seller", "株式会社木立", *words)
    assert (status, out) == (1, "")
    assert told in err
    assert "販売業者" not in kodachi("terms", "show")[1]
