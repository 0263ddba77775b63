"""Opens the shops that the dialogue sets talk to, by the command line that merchants use."""

import io
import json
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from kaiwa.cli import main

HERE = Path(__file__).parent
HELD_OUT = {
    "morikage": (
        "ja",
        "JPY",
        "Asia/Tokyo",
        "10",
        ("宅急便", "--price", "770", "--free-from", "11000"),
    ),
    "harbor": (
        "en",
        "USD",
        "America/New_York",
        "30",
        ("Standard", "--price", "5.95", "--free-from", "75", "--country", "US"),
    ),
}

_JA, _EN = ("ja", "JPY", "Asia/Tokyo"), ("en", "USD", "America/New_York")
_CHICAGO, _ANGELES = ("en", "USD", "America/Chicago"), ("en", "USD", "America/Los_Angeles")
# The shops of all other sets: folder, where, days for a return, shipping and from what it is free.
OTHERS = {
    "hinata": ("tuning", _JA, "14", "550", "6000"),
    "juniper": ("tuning", _EN, "30", "6.95", "60"),
    "minato": ("tuning", _JA, "14", "660", "8800"),
    "alder": ("tuning", _EN, "45", "6.95", "80"),
    "sorami": ("blind6", _JA, "14", "690", "9000"),
    "quill": ("blind6", _EN, "30", "5.50", "50"),
    "tsumugi": ("blind8", _JA, "8", "750", "12000"),
    "marlow": ("blind8", _EN, "45", "6.95", "60"),
    "hamabe": ("blind9", _JA, "14", "680", "9800"),
    "fenwick": ("blind9", _CHICAGO, "40", "7.50", "85"),
    "otonoha": ("blind10", _JA, "12", "700", "10000"),
    "brasswick": ("blind10", _CHICAGO, "60", "7.95", "70"),
    "komorebi": ("blind11", _JA, "14", "660", "8800"),
    "akari": ("blind11", _JA, "14", "880", "15000"),
    "hoshizora": ("blind11", _JA, "7", "680", "8000"),
    "wrenfield": ("blind11", _EN, "30", "5.50", "45"),
    "tallgrass": ("blind11", _CHICAGO, "60", "7.50", "80"),
    "pemberly": ("blind11", _CHICAGO, "30", "6.50", "80"),
    "kazahana": ("blind12", _JA, "10", "620", "7700"),
    "chagama": ("blind12", _JA, "7", "680", "7000"),
    "konohana": ("blind12", _JA, "14", "600", "6500"),
    "hagane": ("blind12", _JA, "10", "720", "9900"),
    "shizuku": ("blind12", _JA, "8", "550", "6600"),
    "fernhill": ("blind12", _EN, "30", "8.95", "65"),
    "stormrow": ("blind12", _ANGELES, "45", "6.50", "90"),
    "voltbay": ("blind12", _CHICAGO, "30", "4.95", "50"),
    "saltlark": ("blind12", _ANGELES, "30", "4.95", "40"),
    "oakmoor": ("blind12", _CHICAGO, "45", "14", "250"),
}
# Nobody reads them: what a shop of the day after tomorrow meets.
KEPT_APART = {
    "tsubame": ("blind11", _JA, "10", "580", "5500"),
    "cogworth": ("blind11", _ANGELES, "60", "5.50", "50"),
}
_OLDEST = ("hinata", "juniper")  # whose files do not bear their name


def kaiwa(data: Path, *arguments: str) -> str:
    """What a command prints; an AssertionError with its complaint when it fails."""
    said, complaint = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complaint):
        status = main([*arguments, "--data", str(data)])
    assert status == 0, complaint.getvalue() + said.getvalue()
    return said.getvalue()


def open_held_out(data: Path) -> None:
    """Both held-out shops in one data directory."""
    kaiwa(data, "migrate")
    for slug, (language, currency, zone, days, rate) in HELD_OUT.items():
        _open(data, slug, "held_out", (language, currency, zone), days)
        kaiwa(data, "shipping", "add", *rate, "--merchant", slug)


def open_other(data: Path, slug: str) -> None:
    """One shop of `OTHERS` or `KEPT_APART` in a data directory that is migrated."""
    pair, where, days, price, free_from = (OTHERS | KEPT_APART)[slug]
    _open(data, slug, pair, where, days)
    name = ("宅急便",) if where[0] == "ja" else ("Standard", "--country", "US")
    rate = (name[0], "--price", price, "--free-from", free_from, *name[1:])
    kaiwa(data, "shipping", "add", *rate, "--merchant", slug)


def files_of(slug: str) -> list[Path]:
    """The dialogues that are played on a shop of `OTHERS` or `KEPT_APART`."""
    pair, (language, *_), *_rest = (OTHERS | KEPT_APART)[slug]
    if slug not in _OLDEST:
        return sorted((HERE / pair).glob(f"{slug}_*.{language}.md"))
    others = tuple(f"{one}_" for one in OTHERS)
    every = sorted((HERE / pair).glob(f"*.{language}.md"))
    return [one for one in every if not one.name.startswith(others)]


def retold(slug: str) -> list[Path]:
    """The dialogues that retell what was right in this shop: empty where nothing was retold."""
    return sorted((HERE / "retold").glob(f"{slug}_*.md"))


def _open(data: Path, slug: str, pair: str, where: tuple[str, str, str], days: str) -> None:
    folder = HERE / pair / "shops" / slug
    language, currency, zone = where
    place = ("--language", language, "--currency", currency, "--timezone", zone)
    email = f"owner@{slug}.example"
    kaiwa(data, "merchant", "create", slug.title(), "--email", email, "--slug", slug, *place)
    for what, name in (
        ("products", "products.csv"),
        ("faq", "faq.csv"),
        ("orders", "orders.jsonl"),
        ("coupons", "coupons.csv"),
    ):
        kaiwa(data, "import", what, str(folder / name), "--merchant", slug)
    kaiwa(data, "shop", "set", "--return-days", days, "--merchant", slug)


def shares(data: Path, merchant: str, files: list[Path]) -> tuple[float, float]:
    """The share of turns and of dialogues that went right."""
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            shutil.copy(file, folder)
        said = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(said):
            status = main(["evaluate", folder, "--json", "-m", merchant, "--data", str(data)])
    assert status in (0, 1)
    said.seek(0)
    every = [json.loads(line)["turns"] for line in said.read().splitlines()]
    missed = [[bool(one["missed"]) for one in turns] for turns in every]
    turns = [one for some in missed for one in some]
    return turns.count(False) / len(turns), sum(not any(one) for one in missed) / len(missed)
