"""Meaning beside words: only for odd questions, kept in a file, and never needed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder import shelf as shelves
from kaiwa.catalog.finder.dense import Dense
from kaiwa.catalog.finder.find import Shopper, find
from kaiwa.catalog.finder.meanings import Meanings
from kaiwa.catalog.finder.ranking import NONE, Ranked
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.engines.db import Database
from kaiwa.engines.embeddings import Vectors, open_embedder
from tests.catalog.finder.shops import goods
from tests.catalog.shop import NOW
from tests.waiting import until

WHO = Shopper("JPY", "ja")
# The only meanings there are; a text means those whose words it has.
MEANINGS = (
    "shirt シャツ 着る",
    "靴 スニーカー 走る",
    "財布 お金",
    "茶 飲む 急須",
    "mug cup",
    "headphones",
)


class Strict:
    """An engine of few meanings that counts what it was asked, and refuses what is too much."""

    name = "strict"

    def __init__(self) -> None:
        self.made = 0

    def passages(self, texts: Sequence[str]) -> Vectors:
        assert len(texts) <= 32
        self.made += len(texts)
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, 7)

    def query(self, text: str) -> Vectors:
        assert text
        return self._vector(text)

    def _vector(self, text: str) -> Vectors:
        found = [any(word in text for word in words.split()) for words in MEANINGS]
        vector = np.array([*found, 0.2], np.float32)
        return vector / np.float32(np.linalg.norm(vector))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Strict:
    one = Strict()
    monkeypatch.setattr(shelves, "open_embedder", lambda: one)
    return one


def made(db: Database, shelf: Shelf) -> None:
    while (page := db.read_now(shelf.next_titles)) is not None:
        shelf.embed(page)


def handles(db: Database, shelf: Shelf, query: str) -> list[str]:
    return [r.product.handle for r in db.read_now(lambda s: find(s, shelf, query, WHO)).results]


def test_a_question_without_its_words_finds_by_meaning(database: Database, engine: Strict) -> None:
    shelf = Shelf(database.write_now(goods), None)
    query = "走るときのもの"
    before = handles(database, shelf, query)
    assert engine.made == 0
    made(database, shelf)
    assert engine.made == 9
    assert "sneaker" not in before
    assert "sneaker" in handles(database, shelf, query)


def test_a_question_that_words_answer_never_asks_for_meaning(
    database: Database, engine: Strict, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(database.write_now(goods), None)
    made(database, shelf)
    monkeypatch.setattr(engine, "query", pytest.fail)
    assert handles(database, shelf, "mug")[0] == "mug"


def test_vectors_are_kept_in_a_file_and_only_changes_are_made_again(
    database: Database, engine: Strict, tmp_path: Path
) -> None:
    shop = database.write_now(goods)
    first = Shelf(shop, tmp_path)
    database.read_now(first.catch_up)
    made(database, first)
    reader = Shelf(shop, tmp_path)
    database.read_now(reader.catch_up)
    assert reader.dense is not None
    assert len(reader.dense) == 9
    # While one makes them, the other does not.
    assert database.read_now(reader.next_titles) is None
    first.close()

    def change(s):
        gone = ProductText("mug", "Ceramic mug", status="draft")
        put_product(s, shop, gone, NOW, next_change(s, shop))

    database.write_now(change)
    made(database, reader)
    assert (engine.made, len(reader.dense)) == (9, 8)
    reader.close()


async def test_a_server_makes_them_in_the_background(
    database: Database, engine: Strict, tmp_path: Path
) -> None:
    shop = database.write_now(goods)
    shelf = Shelf(shop, tmp_path)
    thread = Meanings(database, lambda: [shelf], pause_s=0.01)
    thread.start()
    await until(lambda: shelf.dense is not None and len(shelf.dense) == 9)
    thread.close()
    shelf.close()
    again = Shelf(shop, tmp_path)
    assert again.dense is not None
    assert len(again.dense) == 9
    again.close()


def test_a_broken_file_is_made_again(database: Database, engine: Strict, tmp_path: Path) -> None:
    (tmp_path / "vectors.npz").write_bytes(b"PK\x03\x04 broken")
    dense = Dense(tmp_path, engine)
    assert len(dense) == 0
    assert dense.fused("靴", NONE, 0.1, more=True).ids.tolist() == []
    shop = database.write_now(goods)
    while page := database.read_now(lambda s: dense.next_page(s, shop, "catalog")):
        dense.take(page)
    dense.close()
    assert len(Dense(tmp_path, engine)) == 9


def test_what_words_found_keeps_its_place_where_meaning_says_nothing(engine: Strict) -> None:
    dense = Dense(None, engine)
    found = Ranked(np.array([7, 9]), np.array([2.0, 1.0]))
    assert dense.fused("靴", found, 0.1, more=True) is found


@pytest.mark.usefixtures("vectors")
def test_the_real_engine_knows_that_a_hoodie_is_worn() -> None:
    engine = open_embedder()
    assert engine is not None, "the extra `embeddings` is part of the development set"
    titles = engine.passages(["裏起毛パーカー", "鉄フライパン"])
    asked = engine.query("フード付きの上着")
    assert titles.shape == (2, 384)
    assert titles[0] @ asked > titles[1] @ asked
