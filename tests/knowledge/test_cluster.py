"""Unanswered questions wait together with their like."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.knowledge.cluster import (
    Cluster,
    alike,
    cluster,
    clusters,
    dismiss,
    settle,
    words_of,
)
from kaiwa.knowledge.unanswered import Unanswered, keep_unanswered, unanswered, wordings
from kaiwa.vocabulary.errors import Conflict, NotFound
from tests.world import Shop, World, later

NUMBERS = itertools.count()


def missed(world: World, shop: Shop, *texts: str, language: str = "ja") -> None:
    """Shoppers ask, and the bot does not know; a minute passes each time."""
    for text in texts:
        shop.hear(text)
        conv = shop.open()
        said = shop.messages(conv)[-1]
        one = Unanswered(said.id, conv.id, language, text, world.now)
        world.write(lambda s, one=one: keep_unanswered(s, shop.id, one))  # type: ignore[misc]
        world.clock.at += later(60)


def waiting(world: World, shop: Shop, status: str = "open") -> list[Cluster]:
    return world.read(lambda s: clusters(s, shop.id, status))  # type: ignore[arg-type]


def test_near_duplicates_wait_as_one_with_count_and_last_time(world: World, shop: Shop) -> None:
    began = world.now
    missed(
        world,
        shop,
        "駐車場はありますか",
        "駐車場ってありますか？",
        "店は禁煙ですか",
        "駐車場ある？",
    )
    found = [(one.text, one.asked) for one in waiting(world, shop)]
    assert found == [("駐車場はありますか", 3), ("店は禁煙ですか", 1)]
    first = waiting(world, shop)[0]
    assert (first.first_at, first.last_at) == (began, began + later(180))
    assert world.read(lambda s: wordings(s, shop.id, first.id)) == [
        "駐車場はありますか",
        "駐車場ってありますか？",
        "駐車場ある？",
    ]


def test_languages_wait_apart(world: World, shop: Shop) -> None:
    missed(world, shop, "Wi-Fi")
    missed(world, shop, "Wi-Fi", language="en")
    assert [(one.language, one.asked) for one in waiting(world, shop)] == [("en", 1), ("ja", 1)]


def test_the_same_message_is_counted_once(world: World, shop: Shop) -> None:
    missed(world, shop, "駐車場はありますか")
    (kept,) = world.read(lambda s: unanswered(s, shop.id))
    world.write(lambda s: keep_unanswered(s, shop.id, kept))
    assert [one.asked for one in waiting(world, shop)] == [1]


def test_words_without_letters_wait_by_themselves(world: World, shop: Shop) -> None:
    missed(world, shop, "？？？", "🍵", "？？？", "  ")
    assert [(one.text, one.asked) for one in waiting(world, shop)] == [("？？？", 2), ("🍵", 1)]


def test_what_was_dismissed_stays_so_however_often_it_is_asked(world: World, shop: Shop) -> None:
    missed(world, shop, "宝くじは売っていますか")
    (one,) = waiting(world, shop)
    world.write(lambda s: dismiss(s, shop.id, one.id, world.now))
    missed(world, shop, "宝くじ売ってますか")
    assert waiting(world, shop) == []
    assert [dismissed.asked for dismissed in waiting(world, shop, "dismissed")] == [2]


def test_what_is_answered_and_missed_again_begins_anew(world: World, shop: Shop) -> None:
    missed(world, shop, "駐車場はありますか")
    (one,) = waiting(world, shop)
    world.write(lambda s: settle(s, shop.id, one.id, ("answered", "faq:1"), world.now))
    missed(world, shop, "駐車場はありますか")
    (again,) = waiting(world, shop)
    assert (again.id != one.id, again.asked) == (True, 1)
    with pytest.raises(Conflict):
        world.write(lambda s: dismiss(s, shop.id, one.id, world.now))
    assert world.read(lambda s: cluster(s, shop.id, one.id)).status == "answered"


def test_another_shops_questions_are_another_matter(world: World, shop: Shop) -> None:
    missed(world, shop, "駐車場はありますか")
    other = world.shop()
    missed(world, other, "駐車場はありますか")
    (mine,), (theirs,) = waiting(world, shop), waiting(world, other)
    assert (mine.asked, theirs.asked) == (1, 1)
    for verb in (
        lambda s: cluster(s, other.id, mine.id),
        lambda s: dismiss(s, other.id, mine.id, world.now),
    ):
        with pytest.raises(NotFound):
            world.write(verb)
    assert world.read(lambda s: wordings(s, other.id, mine.id)) == []
    assert waiting(world, shop) == [mine]


def test_a_thousand_different_questions_stay_apart(world: World, shop: Shop) -> None:
    missed(world, shop, "名入れはできますか")
    missed(world, shop, *(f"商品番号{n}の型紙" for n in range(1_000, 1_003)))
    assert [one.asked for one in waiting(world, shop)] == [3, 1]


@given(st.text(max_size=200), st.sampled_from(["ja", "en", "fr"]))
def test_a_question_is_like_itself(text: str, language: str) -> None:
    words = words_of(language, text)
    assert not words or alike(words, words) > 0.999


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= alike(words_of("ja", one), words_of("ja", other)) <= 1 + 1e-9
