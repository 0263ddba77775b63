"""The example shop's pages: all of them, in both languages, with no link that leads nowhere."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from kaiwa.catalog.stock import Held, reserve
from kaiwa.catalog.variant import variant_by_sku
from kaiwa.commands.demo import INBOX_KEY, demo_folder
from kaiwa.demo.storefront.site import write_pages, write_site
from kaiwa.demo.storefront.words import WORDS
from kaiwa.engines.db import Database
from tests.demo.shop import NOW, opened
from tests.demo.test_products import LINES

LINK = re.compile(r'(?:href|src|data-look)="([^"#]+)"')
SERVED = ("/widget.js",)


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Path]:
    owner, _ = opened(database)
    write_site(database, owner.id, tmp_path, demo_folder(), INBOX_KEY)
    yield tmp_path


def _read(site: Path, page: str) -> str:
    return (site / page).read_text("utf-8")


def test_there_is_a_page_for_everything_in_both_languages(site: Path) -> None:
    for folder, language in ((site, "ja"), (site / "en", "en")):
        names = {path.name for path in folder.glob("*.html")}
        fixed = {"index.html", "cart.html", "kitchen.html", "tea.html", "clothes.html"}
        goods = {f"{line['handle']}.html" for line in LINES}
        assert names == fixed | goods | {"electronics.html"}
        for name in names:
            assert f'<html lang="{language}">' in (folder / name).read_text("utf-8")


def test_no_link_leads_nowhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        for link in LINK.findall(path.read_text("utf-8")):
            if link in SERVED:
                continue
            name = link.removeprefix("/") + ("index.html" if link.endswith("/") else "")
            assert (site / name).is_file(), (path.name, link)


def test_a_product_page_says_what_a_shopper_asks(site: Path) -> None:
    page = unescape(_read(site, "en/jeans-straight.html"))
    for words in ("Kawara straight jeans", "¥12,980 <small>incl. tax</small>", "13.5 oz (heavy)",
                  "Size (Indigo blue)", "Only", "Add to cart", "Buy now"):  # fmt: skip
        assert words in page
    tea = _read(site, "sencha.html")
    assert "税込・軽減税率8％" in tea
    assert "¥1,620" in tea


def test_every_page_has_the_form_that_the_checkout_takes(site: Path) -> None:
    action = f'<form method="post" action="/shop/{INBOX_KEY}/checkout"'
    for line in LINES:
        for folder, language in ((site, "ja"), (site / "en", "en")):
            page = (folder / f"{line['handle']}.html").read_text("utf-8")
            assert action in page
            assert f'name="language" value="{language}"' in page
            skus = set(re.findall(r'name="sku"[^>]*? value="([^"]+)"', page))
            assert skus == {variant["sku"] for variant in line["variants"]}


def test_what_is_sold_out_cannot_be_chosen(site: Path) -> None:
    page = _read(site, "jeans-straight.html")
    assert re.search(r'value="JN-STR-BK-28"[^>]* disabled>', page)
    gone = _read(site, "iron-kettle.html")
    assert "在庫切れ" in gone
    assert 'type="submit"' not in gone


def test_stock_that_changed_is_on_the_pages_when_written_again(
    database: Database, tmp_path: Path
) -> None:
    owner, _ = opened(database)
    write_site(database, owner.id, tmp_path, demo_folder(), INBOX_KEY)
    assert "在庫あり" in _read(tmp_path, "dripper.html")
    one = database.read_now(lambda s: variant_by_sku(s, owner.id, "DR-ASG-01"))
    assert one is not None
    left = next(line["variants"][0]["stock"] for line in LINES if line["handle"] == "dripper")
    held = Held(one.id, left - 2)
    assert database.write_now(lambda s: reserve(s, owner.id, held, "cart:1", NOW, NOW))
    write_pages(database, owner.id, tmp_path, INBOX_KEY)
    assert "残り2点" in _read(tmp_path, "dripper.html")


def test_style_and_script_stay_small(site: Path) -> None:
    size = sum((site / name).stat().st_size for name in ("shop.css", "shop.js"))
    assert size <= 30_000


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["ja"].keys() == WORDS["en"].keys()
    assert all(words for told in WORDS.values() for words in told.values())
