"""A merchant's own phrases: kept, read from a file, given to an understander."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.knowledge.phrase import (
    NewPhrase,
    own_phrases,
    phrase_version,
    phrases,
    put_phrases,
    remove_phrase,
)
from kaiwa.knowledge.phrase_file import read_phrases
from kaiwa.knowledge.table import RefusedRow
from kaiwa.vocabulary.errors import NotFound
from tests.world import Shop, World

ACTS = ("order_status", "complaint", "faq")
STATUS = NewPhrase("order_status", "ja", "アレどうなった")


def put(world: World, shop: Shop, *new: NewPhrase) -> list[int]:
    return world.write(lambda s: put_phrases(s, shop.id, new, world.now))


def test_phrases_reach_the_understander_by_language_in_the_order_of_adding(
    world: World, shop: Shop
) -> None:
    put(
        world,
        shop,
        STATUS,
        NewPhrase("complaint", "en", "not again"),
        NewPhrase("faq", "ja", "例の件"),
    )
    assert world.read(lambda s: own_phrases(s, shop.id)) == {
        "ja": (("order_status", "アレどうなった"), ("faq", "例の件")),
        "en": (("complaint", "not again"),),
    }


def test_the_same_phrase_means_one_act_the_newest(world: World, shop: Shop) -> None:
    first = put(world, shop, STATUS)
    again = put(world, shop, NewPhrase("complaint", "ja", "アレどうなった？"))
    assert again == first
    assert [one.act for one in world.read(lambda s: phrases(s, shop.id))] == ["complaint"]


def test_every_change_has_a_version_of_its_own(world: World, shop: Shop) -> None:
    def now():
        return world.read(lambda s: phrase_version(s, shop.id))

    seen = [now()]
    (one,) = put(world, shop, STATUS)
    seen.append(now())
    world.write(lambda s: remove_phrase(s, shop.id, one))
    assert now() == seen[0]
    put(world, shop, NewPhrase("faq", "ja", "別の言い方"), STATUS)
    seen.append(now())
    world.write(lambda s: remove_phrase(s, shop.id, phrases(s, shop.id)[0].id))
    seen.append(now())
    assert len(set(map(repr, seen))) == 4


def test_another_shops_phrase_is_neither_seen_nor_removed(world: World, shop: Shop) -> None:
    (one,) = put(world, shop, STATUS)
    other = world.shop()
    assert world.read(lambda s: phrases(s, other.id)) == []
    with pytest.raises(NotFound):
        world.write(lambda s: remove_phrase(s, other.id, one))
    assert len(world.read(lambda s: phrases(s, shop.id))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_of_phrases_is_read_and_bad_rows_are_named(encoding: str) -> None:
    rows = [
        "text,act,language",
        "アレどうなった,order_status,ja",
        "never again,Complaint,",
        "え,order_statu,ja",
        ",faq,ja",
        "アレどうなった？,complaint,ja",
        f"{'x' * 301},faq,en",
        "hallo,faq,de",
    ]
    report = read_phrases("\r\n".join(rows).encode(encoding), ACTS)
    assert report.taken == (STATUS, NewPhrase("complaint", "en", "never again"))
    assert report.refused == (
        RefusedRow(4, "There is no act 'order_statu'. Did you mean order_status?"),
        RefusedRow(5, "The text must have 1 to 300 characters."),
        RefusedRow(6, "The same phrase is already in line 2."),
        RefusedRow(7, "The text must have 1 to 300 characters."),
        RefusedRow(8, "The language 'de' is not known. Write ja or en."),
    )


@given(st.binary(max_size=300))
def test_no_bytes_break_the_import(data: bytes) -> None:
    read_phrases(data, ACTS)
    read_phrases(b"text,act\n" + data, ACTS)
