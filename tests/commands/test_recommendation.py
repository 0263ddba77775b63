"""What is recommended, and the shop's gift cards, from the command line."""

import json
from pathlib import Path

import pytest

from kaiwa.cli import main


@pytest.fixture
def shop(tmp_path: Path) -> list[str]:
    where = ["--data", str(tmp_path / "data")]
    assert main(["migrate", *where]) == 0
    assert main(["merchant", "create", "Tea", "--email", "o@example.com", *where]) == 0
    goods = [
        {
            "handle": handle,
            "title": handle.title(),
            "sku": handle.upper(),
            "price": "1000",
            "stock": 5,
        }
        for handle in ("pot", "cup", "tray")
    ]
    products = tmp_path / "products.jsonl"
    products.write_text("".join(json.dumps(one) + "\n" for one in goods))
    orders = tmp_path / "orders.jsonl"
    lines = [{"sku": sku, "quantity": 1, "price": "1000"} for sku in ("POT", "CUP")]
    told = {"number": "1", "placed_at": "2026-11-01T00:00:00Z", "lines": lines}
    orders.write_text(json.dumps(told) + "\n")
    where += ["--merchant", "tea"]
    assert main(["import", "products", str(products), *where]) == 0
    assert main(["import", "orders", str(orders), *where]) == 0
    return where


def test_past_orders_say_what_goes_together(shop: list[str], capfd: pytest.CaptureFixture) -> None:
    ask = ["recommendation", "show", "pot", "--wish", "bought_together", "--json", *shop]
    capfd.readouterr()
    assert main(ask) == 0
    first, second = map(json.loads, capfd.readouterr().out.splitlines())
    assert (first["handle"], first["reason"]) == ("cup", "よく一緒に購入されています")
    assert (second["handle"], second["reason"]) == ("tray", "新着の商品です")
    assert main(["recommendation", "leave-out", "cup", *shop]) == 0
    assert main(["recommendation", "method", *shop]) == 0
    assert "left out    cup" in capfd.readouterr().out
    assert main(ask) == 0
    assert [json.loads(one)["handle"] for one in capfd.readouterr().out.splitlines()] == ["tray"]
    assert main(["recommendation", "put-back", "cup", *shop]) == 0
    assert main(["recommendation", "show", "kettle", *shop]) == 1


def test_a_gift_card_is_issued_and_shown(shop: list[str], capfd: pytest.CaptureFixture) -> None:
    capfd.readouterr()
    assert main(["gift-card", "issue", "5000", "--code", "hana-2345", *shop]) == 0
    assert capfd.readouterr().out == "HANA2345  ¥5,000\n"
    assert main(["gift-card", "issue", "5000", "--code", "hana-2345", *shop]) == 1
    assert main(["gift-card", "issue", "much", *shop]) == 1
    capfd.readouterr()
    assert main(["gift-card", "show", "HANA 2345", *shop]) == 0
    assert capfd.readouterr().out == "HANA2345  ¥5,000\n        ¥5,000  issued  issue\n"
