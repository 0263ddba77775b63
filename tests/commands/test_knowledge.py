"""What the shop knows, from the command line, on both databases."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kaiwa.cli import main
from kaiwa.commands.demo import demo_folder
from kaiwa.engines.db import open_database
from kaiwa.knowledge.cluster import join_cluster
from kaiwa.knowledge.regression import regressions
from tests.world import START

Kaiwa = Callable[..., tuple[int, str, str]]
M = ("--merchant", "kodachi")


@pytest.fixture
def kaiwa(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kaiwa:
    """Runs a command for a shop: (status, standard output, standard error)."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        options = ["--data", str(tmp_path), "--database-url", database_url]
        status = main([*words, *options])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    run("merchant", "create", "木立道具店", "--slug", "kodachi", "--email", "a@kodachi.example")
    return run


@pytest.fixture
def missed(kaiwa: Kaiwa, database_url: str) -> Kaiwa:
    """Three questions that the bot did not know, two of them alike."""
    db = open_database(database_url)
    for text in ("駐車場はありますか", "駐車場ある？", "アレどうなった"):
        db.write_now(lambda s, text=text: join_cluster(s, 1, ("ja", text), START))  # type: ignore[misc]
    db.close()
    return kaiwa


def lines(out: str) -> list[Any]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_demos_articles_are_taken_and_taken_again_change_nothing(kaiwa: Kaiwa) -> None:
    folder = str(demo_folder() / "articles")
    assert kaiwa("import", "articles", folder, *M) == (
        0,
        "taken: 10 (10 new, 0 changed), refused: 0\n",
        "",
    )
    assert kaiwa("import", "articles", folder, *M)[1] == (
        "taken: 10 (0 new, 0 changed), refused: 0\n"
    )
    listed = kaiwa("article", "list", *M)[1].splitlines()
    assert listed[0] == "1 en Brewing and keeping coffee (en/coffee.md, version 1)"
    told = lines(kaiwa("article", "list", "--json", *M)[1])[0]
    assert (told["sections"][1]["heading"], told["version"]) == ("How fine to grind", 1)
    assert kaiwa("article", "remove", "1", *M) == (0, "removed: 1\n", "")
    assert kaiwa("article", "remove", "1", *M) == (
        1, "", "kaiwa: There is no article 1. Run: kaiwa article list\n",
    )  # fmt: skip
    assert len(kaiwa("article", "list", *M)[1].splitlines()) == 9


def test_a_bad_article_is_named_and_the_others_are_taken(kaiwa: Kaiwa, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.md").write_text("# Parking\nTwo places behind the shop.")
    (folder / "bad.md").write_text("")
    status, out, err = kaiwa("import", "articles", str(folder), *M)
    assert (status, out) == (0, "taken: 1 (1 new, 0 changed), refused: 1\n")
    assert err == "bad.md: There is no text in it.\n"
    assert kaiwa("import", "articles", str(tmp_path / "none"), *M)[0] == 1


def test_phrases_are_imported_listed_and_removed(kaiwa: Kaiwa, tmp_path: Path) -> None:
    file = tmp_path / "phrases.csv"
    file.write_text("text,act,language\nアレどうなった,order_status,ja\nx,fly,en\n")
    status, out, err = kaiwa("import", "phrases", str(file), *M)
    assert (status, out) == (0, "taken: 1 (1 new), refused: 1\n")
    assert err.startswith("line 3: There is no act 'fly'.")
    assert kaiwa("phrase", "list", *M)[1] == "1 ja order_status アレどうなった\n"
    assert lines(kaiwa("phrase", "list", "--json", *M)[1]) == [
        {"id": 1, "act": "order_status", "language": "ja", "text": "アレどうなった"}
    ]
    kaiwa("phrase", "remove", "1", *M)
    assert kaiwa("phrase", "list", *M)[1] == ""


def test_what_waits_is_listed_most_asked_first(missed: Kaiwa) -> None:
    assert missed("unanswered", *M)[1].splitlines() == [
        "1 2x 2026-04-01 ja 駐車場はありますか",
        "2 1x 2026-04-01 ja アレどうなった",
    ]
    first = lines(missed("unanswered", "--json", "--limit", "1", *M)[1])[0]
    assert (first["asked"], first["status"], first["outcome"]) == (2, "open", None)


def test_one_step_makes_an_answer_a_phrase_or_nothing(missed: Kaiwa, database_url: str) -> None:
    assert missed("answer", "1", "--answer", "二台分あります。", *M)[1] == "answered: 1 faq:1\n"
    assert missed("faq", "list", *M)[1] == "1 ja 駐車場はありますか\n"
    assert missed("answer", "2", "--phrase", "order_status", *M)[1] == "answered: 2 phrase:1\n"
    status, out, err = missed("unanswered", *M)
    assert (status, out, err) == (0, "", "Nothing waits.\n")
    assert missed("answer", "2", "--dismiss", *M) == (
        1, "", "kaiwa: Question 2 is answered already (phrase:1).\n",
    )  # fmt: skip
    db = open_database(database_url)
    found = [(one.text, one.act) for one in db.read_now(lambda s: regressions(s, 1))]
    db.close()
    assert found == [("駐車場はありますか", "faq"), ("アレどうなった", "order_status")]
    assert missed("faq", "remove", "1", *M)[1] == "removed: 1\n"
    assert missed("faq", "list", "--json", *M)[1] == ""


def test_the_wording_of_an_entry_and_a_dismissal(missed: Kaiwa, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text("question,answer\n車で行けますか,はい。\n")
    missed("import", "faq", str(file), *M)
    assert missed("answer", "1", "--faq", "1", *M)[1] == "answered: 1 faq:1\n"
    (entry,) = lines(missed("faq", "list", "--json", *M)[1])
    assert entry["alternatives"] == ["駐車場はありますか"]
    assert missed("answer", "2", "--dismiss", *M)[1] == "dismissed: 2\n"
    assert missed("unanswered", "--status", "dismissed", *M)[1].startswith("2 1x")


def test_a_question_that_is_not_there_says_where_to_look(missed: Kaiwa) -> None:
    assert missed("answer", "9", "--answer", "x", *M) == (
        1, "", "kaiwa: There is no unanswered question 9. Run: kaiwa unanswered\n",
    )  # fmt: skip
    with pytest.raises(SystemExit):
        missed("answer", "1", *M)
