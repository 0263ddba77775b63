"""The finder of a process: fresh beside the turns, and every search is written down."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kaiwa.catalog.change import last_change, next_change
from kaiwa.catalog.finder.finder import Finder
from kaiwa.catalog.finder.search_log import without_choice, without_hit
from kaiwa.catalog.finder.shelf import FEW
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.stock import Level, restock, set_stock
from kaiwa.catalog.variant import VariantText, put_variants, variant_by_sku
from kaiwa.engines.clock import SetClock
from kaiwa.engines.db import Database, Session
from kaiwa.languages.two_scripts import TwoScripts
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.money import Money
from tests.catalog.finder.shops import goods
from tests.catalog.shop import NOW

SINCE = NOW - timedelta(days=1)


class Serving:
    """A shop whose finder runs as in a server."""

    def __init__(self, db: Database, data: Path) -> None:
        self.db = db
        self.shop = db.write_now(goods)
        self.finder = Finder(db, data, SetClock(NOW))
        self.finder.start(writes=True)

    def handles(self, query: str) -> list[str]:
        answer = self.db.read_now(lambda s: self.finder.find(s, self.shop, query))
        return [one.product.handle for one in answer.results]


@pytest.fixture
def serving(database: Database, tmp_path: Path) -> Iterator[Serving]:
    found = Serving(database, tmp_path)
    yield found
    found.finder.close()


def soon(holds: Callable[[], bool], within_s: float = 60) -> bool:
    end = time.monotonic() + within_s
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.02)
    return held


def put_lamp(session: Session, shop: int) -> None:
    change = next_change(session, shop)
    text = ProductText("lamp", "真鍮のランプ", category="照明")
    product_id = put_product(session, shop, text, NOW, change)
    told = [VariantText(Money(8000, "JPY"), sku="lamp-0")]
    for variant_id in put_variants(session, shop, product_id, told, NOW):
        set_stock(session, shop, variant_id, Level(1), change)


def test_a_small_shop_is_there_with_the_first_answer(serving: Serving) -> None:
    assert serving.handles("革の財布")[0] == "wallet"


def test_soon_after_the_start_no_question_waits_for_a_pattern(
    database: Database, tmp_path: Path
) -> None:
    late = TwoScripts("made when a text first needs it|あとで")
    serving = Serving(database, tmp_path)
    assert soon(lambda: late._compiled.keys() == {"latin", "wide", "both"})
    serving.finder.close()


def test_new_text_is_found_without_anybody_asking_for_it(serving: Serving) -> None:
    assert "lamp" not in serving.handles("真鍮のランプ")
    serving.db.write_now(lambda s: put_lamp(s, serving.shop))
    assert soon(lambda: serving.handles("真鍮のランプ")[:1] == ["lamp"])


def test_stock_is_that_of_the_last_commit_in_the_very_next_answer(serving: Serving) -> None:
    before = serving.db.read_now(lambda s: serving.finder.find(s, serving.shop, "急須"))
    assert [one.in_stock for one in before.results][:1] == [False]

    def bring(session: Session) -> None:
        pot = variant_by_sku(session, serving.shop, "teapot-0")
        assert pot
        restock(session, serving.shop, pot.id, 1)

    serving.db.write_now(bring)
    after = serving.db.read_now(lambda s: serving.finder.find(s, serving.shop, "急須 在庫あり"))
    assert [(one.product.handle, one.in_stock) for one in after.results] == [("teapot", True)]
    assert after.relaxed == ()


def test_searches_are_written_down_with_what_was_opened(serving: Serving) -> None:
    def ask(query: str) -> int:
        return serving.db.read_now(lambda s: serving.finder.find(s, serving.shop, query)).search_id

    ask("\x00zzzz")
    ask("財布")
    mug = serving.db.read_now(lambda s: serving.finder.find(s, serving.shop, "mug"))
    serving.finder.chosen(serving.shop, mug.search_id, mug.results[0].product.id)
    serving.finder.chosen(serving.shop, mug.search_id + 1, 999_999)
    serving.finder.close()
    missed = serving.db.read_now(lambda s: without_hit(s, serving.shop, SINCE))
    assert [one.query for one in missed] == [" zzzz"]
    left = serving.db.read_now(lambda s: without_choice(s, serving.shop, SINCE))
    assert [one.query for one in left] == ["財布"]


def test_a_try_leaves_no_trace(serving: Serving) -> None:
    serving.finder.try_now(serving.shop, "zzzz")
    serving.finder.close()
    assert serving.db.read_now(lambda s: without_hit(s, serving.shop, SINCE)) == []


def test_suggestions_come_in_both_scripts(serving: Serving) -> None:
    def suggest(typed: str) -> list[str]:
        return serving.db.read_now(lambda s: serving.finder.suggest(s, serving.shop, typed))

    assert suggest("すに")[0] == "スニーカー"
    assert suggest("suni")[0] == "スニーカー"
    assert suggest("ワイヤレス mu") == ["ワイヤレス Mugs", "ワイヤレス mug"]


def test_a_merchant_that_is_not_there_is_not_found(serving: Serving) -> None:
    with pytest.raises(NotFound):
        serving.db.read_now(lambda s: serving.finder.find(s, 404, "財布"))


def test_what_was_kept_is_open_at_once_and_says_the_same(
    database: Database, tmp_path: Path
) -> None:
    queries = ["財布", "Tシャツ 3000円以下", "mug", "きゅうす", "黒いTシャツ 在庫あり"]
    first = Serving(database, tmp_path)
    told = [first.handles(query) for query in queries]
    first.finder.close()
    assert list((tmp_path / "search").glob("*/*/columns.npz"))
    again = Finder(database, tmp_path, SetClock(NOW))
    answers = [again.try_now(first.shop, query) for query in queries]
    assert [[one.product.handle for one in answer.results] for answer in answers] == told
    again.close()


class Hearing:
    """A shop whose finder hears of commits, and does nothing of its own accord."""

    def __init__(self, db: Database, data: Path) -> None:
        self.db = db
        self.shop = db.write_now(goods)
        self.finder = Finder(db, data, SetClock(NOW))
        self.shelf = db.read_now(lambda s: self.finder.shelf(s, self.shop))
        listening = threading.Event()
        db.listen(self.finder.hear, listening.set)
        assert db.dialect == "sqlite" or listening.wait(10)

    def write(self, work: Callable[[Session], None]) -> int:
        """The number that the catalog has then."""
        self.db.write_now(work)
        return self.db.read_now(lambda s: last_change(s, self.shop))

    def taken(self, number: int) -> bool:
        """Where the writer itself takes it over, it is there as soon as the writer returns."""
        within_s = 0 if self.db.dialect == "sqlite" else 10
        return soon(lambda: self.shelf.place.newest == number, within_s)

    def add_stock(self, session: Session) -> None:
        wallet = variant_by_sku(session, self.shop, "wallet-0")
        assert wallet is not None
        restock(session, self.shop, wallet.id, 3)


@pytest.fixture
def hearing(database: Database, tmp_path: Path) -> Iterator[Hearing]:
    found = Hearing(database, tmp_path)
    yield found
    found.finder.close()


def test_stock_and_price_are_taken_over_where_they_are_committed(hearing: Hearing) -> None:
    assert hearing.taken(hearing.write(hearing.add_stock))
    assert hearing.taken(hearing.write(lambda s: put_lamp(s, hearing.shop)))


def test_a_writer_does_not_wait_for_who_asks_the_shelf(hearing: Hearing) -> None:
    before = hearing.shelf.place.newest
    with hearing.shelf.lock:
        number = hearing.write(hearing.add_stock)
        time.sleep(0 if hearing.db.dialect == "sqlite" else 0.5)
        assert hearing.shelf.place.newest == before
    hearing.db.read_now(lambda s: hearing.finder.shelf(s, hearing.shop))
    assert hearing.shelf.place.newest == number


def test_a_writer_takes_over_no_more_than_a_few(hearing: Hearing) -> None:
    def put_many(session: Session) -> None:
        change = next_change(session, hearing.shop)
        for at in range(FEW + 5):
            text = ProductText(f"mug-{at}", "マグカップ", category="食器")
            put_product(session, hearing.shop, text, NOW, change)

    number = hearing.write(put_many)
    assert soon(lambda: hearing.shelf.place.product[0] == number, 10)
    assert hearing.shelf.place.newest < number
    hearing.db.read_now(lambda s: hearing.finder.shelf(s, hearing.shop))
    assert hearing.shelf.place.newest == number


def test_a_commit_that_was_undone_is_not_heard_of(hearing: Hearing) -> None:
    def undone(session: Session) -> None:
        hearing.add_stock(session)
        raise ValueError

    before = hearing.shelf.place
    with pytest.raises(ValueError):
        hearing.write(undone)
    assert not soon(lambda: hearing.shelf.place != before, 0.3)
