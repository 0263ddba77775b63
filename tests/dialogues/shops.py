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
        folder = HERE / "held_out" / "shops" / slug
        where = ("--language", language, "--currency", currency, "--timezone", zone)
        email = f"owner@{slug}.example"
        kaiwa(data, "merchant", "create", slug.title(), "--email", email, "--slug", slug, *where)
        for what, name in (
            ("products", "products.csv"),
            ("faq", "faq.csv"),
            ("orders", "orders.jsonl"),
            ("coupons", "coupons.csv"),
        ):
            kaiwa(data, "import", what, str(folder / name), "--merchant", slug)
        kaiwa(data, "shop", "set", "--return-days", days, "--merchant", slug)
        kaiwa(data, "shipping", "add", *rate, "--merchant", slug)


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
