"""What every text index promises, whichever engine is behind it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kaiwa.engines.search import Clause, Document, Field, Only, Term, TextIndex, tantivy_index
from kaiwa.engines.search.fts_index import FtsIndex
from kaiwa.engines.search.tantivy_index import TantivyIndex
from kaiwa.vocabulary.errors import Unreachable

FIELDS = (Field("title", "english"), Field("ja", "terms"))
BOOKS = [
    Document(1, {"title": "Red leather bags", "ja": "革 鞄"}),
    Document(2, {"title": "Blue cotton bag", "ja": "綿 鞄"}),
    Document(3, {"title": "Red mug", "ja": "マグ"}),
]
ENGINES: list[Any] = [TantivyIndex, FtsIndex]
# Claims the folder, writes, says so, and then waits to be killed or told to end.
WRITER = """
import sys
from pathlib import Path
from kaiwa.engines.search import Document, Field
from kaiwa.engines.search.{module} import {name}
index = {name}(Path(sys.argv[1]), (Field("title", "english"), Field("ja", "terms")))
assert index.claim()
index.write([Document(7, {{"title": "Green bag", "ja": "鞄"}})], [1], "seven")
print("written", flush=True)
sys.stdin.readline()
index.rest()
print("rested", flush=True)
sys.stdin.readline()
"""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def index(engine: Any, tmp_path: Path) -> Iterator[TextIndex]:
    found = engine(tmp_path, FIELDS)
    found.write(BOOKS, [], "first")
    yield found
    found.close()


def english(index: TextIndex, text: str) -> list[Clause]:
    return [Clause((Term("title", stem),)) for stem in index.stems(text)]


def found(index: TextIndex, text: str, *, every: bool = True, **only: Any) -> set[int]:
    return set(index.find(english(index, text), 10, every=every, only=Only(**only)).numbers)


def test_every_word_or_any_word_is_asked_for(index: TextIndex) -> None:
    assert found(index, "red bag") == {1}
    assert found(index, "red bag", every=False) == {1, 2, 3}
    assert found(index, "") == set()
    assert found(index, "nothing") == set()


def test_terms_are_found_as_they_were_cut(index: TextIndex) -> None:
    assert set(index.find([Clause((Term("ja", "鞄"),))], 10, every=True).numbers) == {1, 2}


def test_another_way_of_saying_it_counts_too(index: TextIndex) -> None:
    cotton = (Clause((Term("title", "cotton"),)), Clause((Term("title", "blue"),)))
    both = Clause((Term("title", "leather"),), (cotton,))
    assert set(index.find([both], 10, every=True).numbers) == {1, 2}


def test_what_may_be_found_can_be_narrowed(index: TextIndex) -> None:
    assert found(index, "bag", among=(2, 3)) == {2}
    assert found(index, "bag", among=()) == set()
    leather = Clause((Term("title", "leather"),))
    assert found(index, "bag", without=(leather,)) == {2}
    assert found(index, "bag", within=(leather,)) == {1}


def test_ways_that_are_added_find_the_same(index: TextIndex) -> None:
    ways = Clause((Term("title", "red"), Term("ja", "鞄")), added=True)
    assert set(index.find([ways], 10, every=False).numbers) == {1, 2, 3}
    leather = Clause((Term("title", "leather"),))
    assert set(index.find([ways, leather], 10, every=True).numbers) == {1}


def test_few_numbers_are_found_the_same_whether_fetched_or_asked_for(
    index: TextIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.write([Document(n, {"title": "bag " * (n % 7)}) for n in range(10, 90)], [], "more")
    asked = english(index, "bag red")
    only = Only(tuple(range(1, 60, 3)))
    fetched = index.find(asked, 8, every=False, only=only)
    monkeypatch.setattr(tantivy_index, "FETCHED_ANYWAY", -1_000)
    index.write([], [], "another commit, of which nothing is remembered")
    by_number = index.find(asked, 8, every=False, only=only)
    assert len(fetched.numbers) == 8
    assert fetched.numbers.tolist() == by_number.numbers.tolist()
    assert fetched.scores.tolist() == pytest.approx(by_number.scores.tolist())


def test_a_word_in_several_fields_is_fetched_as_the_few_documents_it_is_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fields = tuple(Field(f"f{at}", "terms") for at in range(4))
    index = TantivyIndex(None, fields)
    everywhere = {field.name: "bag" for field in fields}
    index.write([Document(number, everywhere) for number in range(20)], [], "first")
    clause = Clause(tuple(Term(field.name, "bag") for field in fields))
    monkeypatch.setattr(tantivy_index, "FETCHED_ANYWAY", 20)
    monkeypatch.setattr(tantivy_index, "FETCHED_FOR_ONE", 0)
    monkeypatch.setattr(TantivyIndex, "_numbered", not_asked_for)
    hits = index.find([clause], 10, every=True, only=Only((3, 17, 90)))
    assert set(hits.numbers) == {3, 17}


def not_asked_for(_index: TantivyIndex, number: int) -> None:
    raise AssertionError(f"{number} was asked for by its number")


def test_more_words_than_are_kept_are_found_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_index, "TERMS_KEPT", 2)
    index = TantivyIndex(tmp_path, FIELDS)
    index.write(BOOKS, [], "first")
    assert [found(index, word) for word in ("red", "blue", "mug", "bag", "red")] == [
        {1, 3}, {2}, {3}, {1, 2}, {1, 3},
    ]  # fmt: skip
    assert len(index._terms) == 2


def test_a_term_beside_another_counts_as_much_as_if_it_were_looked_for(index: TextIndex) -> None:
    index.write([Document(4, {"ja": "茶碗 syn1"}), Document(5, {"ja": "syn2 syn1"})], [], "second")

    def scores(**beside: str) -> dict[int, float]:
        # The first is where the word is, the second in one document more.
        same, more = (Term("ja", group, 0.5, **beside) for group in ("syn2", "syn1"))
        ways = Clause((Term("ja", "茶碗"), same, more), added=True)
        hits = index.find([ways], 10, every=False)
        return dict(zip(hits.numbers.tolist(), hits.scores.tolist(), strict=True))

    assert set(scores()) == {4, 5}
    index.write([Document(5, {"ja": "茶碗 syn1 syn2"}), Document(4, {"ja": "syn1"})], [], "third")
    assert scores(beside="茶碗") == pytest.approx(scores())


def test_it_tells_whether_anything_answers(index: TextIndex) -> None:
    absent = Clause((Term("title", "lamp"),))
    red, bag = (Clause((Term("title", word),)) for word in ("red", "bag"))
    assert index.has(red)
    assert not index.has(absent)
    assert index.has(Clause((), ((absent,), (red, bag))))
    assert not index.has(Clause((), ((red, absent),)))


def test_asked_again_it_goes_deeper_and_sees_what_was_written(index: TextIndex) -> None:
    bag = english(index, "bag")
    best = index.find(bag, 1, every=True).numbers.tolist()
    assert len(best) == 1
    assert set(index.find(bag, 10, every=True).numbers) == {1, 2}
    assert index.find(bag, 1, every=True).numbers.tolist() == best
    index.write([Document(4, {"title": "Green bag"})], [1], "second")
    assert set(index.find(bag, 10, every=True).numbers) == {2, 4}


def test_a_document_takes_the_place_of_its_former_self(index: TextIndex) -> None:
    index.write([Document(1, {"title": "Yellow lamp"})], [2], "second")
    assert found(index, "bag") == set()
    assert found(index, "lamp") == {1}
    assert index.mark() == "second"
    index.clear()
    assert (found(index, "lamp"), index.mark()) == (set(), "")


def test_texts_and_mark_are_there_after_a_restart(
    index: TextIndex, engine: Any, tmp_path: Path
) -> None:
    index.close()
    again = engine(tmp_path, FIELDS)
    assert (found(again, "red bag"), again.mark()) == ({1}, "first")
    again.close()


def test_a_folder_that_cannot_be_read_is_begun_again_without_its_mark(
    index: TextIndex, engine: Any, tmp_path: Path
) -> None:
    index.close()
    for name in ("meta.json", "texts.db"):
        if (tmp_path / name).exists():
            (tmp_path / name).write_text("{broken" * 40)
    again = engine(tmp_path, FIELDS)
    assert (found(again, "bag"), again.mark()) == (set(), "")
    again.write(BOOKS, [], "anew")
    assert found(again, "red bag") == {1}
    again.close()


def test_one_process_writes_and_the_others_read_what_it_wrote(
    index: TextIndex, engine: Any, tmp_path: Path
) -> None:
    index.rest()
    with writer_in(engine, tmp_path) as other:
        assert other.stdout and other.stdout.readline() == "written\n"
        assert not index.claim()
        with pytest.raises(Unreachable):
            index.write([Document(9, {"title": "bag"})], [], "nine")
        assert index.refresh()
        assert found(index, "bag") == {2, 7}
        assert index.mark() == "seven"
        other.stdin and (other.stdin.write("\n"), other.stdin.flush())
        assert other.stdout.readline() == "rested\n"
        assert index.claim()
        index.write([Document(9, {"title": "bag"})], [], "nine")
        assert (found(index, "bag"), index.mark()) == ({2, 7, 9}, "nine")
        other.kill()


@pytest.mark.faults
def test_who_is_killed_leaves_the_right_to_write_and_what_it_committed(
    index: TextIndex, engine: Any, tmp_path: Path
) -> None:
    index.rest()
    with writer_in(engine, tmp_path) as other:
        assert other.stdout and other.stdout.readline() == "written\n"
        other.kill()
    assert index.claim()
    assert (found(index, "bag"), index.mark()) == ({2, 7}, "seven")
    index.write([Document(9, {"title": "bag"})], [], "nine")
    assert found(index, "bag") == {2, 7, 9}


def test_a_writer_that_died_is_opened_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = TantivyIndex(tmp_path, FIELDS)
    index.write(BOOKS, [], "first")

    class Dead:
        def delete_documents_by_query(self, query: object) -> int:
            raise ValueError("An error occurred in a thread: 'An index writer was killed.'")

    index._writer = Dead()  # type: ignore[assignment]
    with pytest.raises(Unreachable):
        index.write([Document(9, {"title": "bag"})], [], "second")
    assert (found(index, "bag"), index.mark()) == ({1, 2}, "first")
    index.write([Document(9, {"title": "bag"})], [], "second")
    assert (found(index, "bag"), index.mark()) == ({1, 2, 9}, "second")
    index.close()


def writer_in(engine: Any, folder: Path) -> "subprocess.Popen[str]":
    script = WRITER.format(module=engine.__module__.rsplit(".", 1)[-1], name=engine.__name__)
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
