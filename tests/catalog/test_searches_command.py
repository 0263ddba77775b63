"""`kaiwa searches` and `kaiwa embed`, through the door a merchant takes."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from kaiwa.catalog.finder import shelf as shelves
from kaiwa.cli import main
from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import open_database
from kaiwa.vocabulary.time import to_micros
from tests.catalog.finder.shops import goods

# query, hits, opened, days ago
SEARCHES = [
    ("すいとう", 0, False, 1),
    ("スイトウ", 0, False, 2),
    ("財布", 3, False, 1),
    ("mug", 2, True, 1),
    ("mug", 2, False, 3),
    ("Mug", 2, False, 4),
    ("昔の検索", 0, False, 90),
]


@pytest.fixture
def where(database_url: str, tmp_path: Path) -> list[str]:
    db = open_database(database_url)
    now = SystemClock().now()

    def fill(s):
        shop, other = goods(s), goods(s, "Other")
        product = s.one("SELECT min(id) FROM product WHERE merchant_id = :m", m=shop)[0]
        searches = [(shop, *row) for row in SEARCHES] + [(other, "他店の検索", 0, False, 1)]
        for number, (owner, query, hits, opened, ago) in enumerate(searches, 1):
            s.run(
                """INSERT INTO finder_query
                (id, merchant_id, query, folded, language, hits, relaxed, at, chosen_id)
                VALUES (:id, :m, :query, :folded, 'ja', :hits, '[]', :at, :chosen)""",
                id=number,
                m=owner,
                query=query,
                folded={"すいとう": "スイトウ", "Mug": "mug"}.get(query, query),
                hits=hits,
                at=to_micros(now - timedelta(days=ago)),
                chosen=product if opened else None,
            )

    db.write_now(fill)
    db.close()
    return ["--data", str(tmp_path), "--database-url", database_url, "--merchant", "hana"]


def test_what_was_not_found_is_told_apart_from_what_was_not_opened(
    where: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["searches", *where, "--json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    told = {name: [(one["query"], one["times"]) for one in some] for name, some in told.items()}
    assert [times for _, times in told["without_hit"]] == [2]
    assert told["abandoned"] == [("財布", 1)]
    assert [times for _, times in told["frequent"]] == [3, 2, 1]
    assert main(["searches", *where, "--days", "100", "--limit", "1"]) == 0
    page = capsysbinary.readouterr().out.decode()
    assert page.count("\n") == 6
    assert "他店の検索" not in page
    assert main(["searches", *where, "--days", "3650"]) == 0
    assert "昔の検索" in capsysbinary.readouterr().out.decode()


def test_a_shop_without_searches_says_so(
    database_url: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    db = open_database(database_url)
    db.write_now(goods)
    db.close()
    options = ["--data", str(tmp_path), "--database-url", database_url, "--merchant", "hana"]
    assert main(["searches", *options]) == 0
    assert capsysbinary.readouterr().out.decode().count("     -\n") == 3


@pytest.mark.usefixtures("vectors")
def test_vectors_are_made_once_and_refused_without_the_extra(
    where: list[str],
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert main(["embed", *where]) == 0
    assert capsysbinary.readouterr().out == b"9 made, 9 there\n"
    assert main(["embed", *where]) == 0
    assert capsysbinary.readouterr().out == b"0 made, 9 there\n"
    monkeypatch.setattr(shelves, "open_embedder", lambda: None)
    assert main(["embed", *where]) == 1
    assert b"kaiwa[embeddings]" in capsysbinary.readouterr().err
