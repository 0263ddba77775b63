"""Articles as they are kept."""

import msgspec
import pytest

from kaiwa.knowledge.article import NewArticle, Put, Section, articles, put_articles, remove_article
from kaiwa.knowledge.entries import version
from kaiwa.vocabulary.errors import NotFound
from tests.world import Shop, World, later

CARE = NewArticle("Care", "en", "care.md", (Section("Rust", "Scrub it."),), ("iron",))


def put(world: World, shop: Shop, *new: NewArticle) -> Put:
    return world.write(lambda s: put_articles(s, shop.id, new, world.now))


def test_an_article_taken_again_is_the_same_and_a_changed_one_a_new_version(
    world: World, shop: Shop
) -> None:
    assert put(world, shop, CARE) == Put(fresh=1)
    first = world.read(lambda s: version(s, shop.id))
    world.clock.at += later(60)
    assert put(world, shop, CARE) == Put(same=1)
    assert world.read(lambda s: version(s, shop.id)) == first
    edited = msgspec.structs.replace(CARE, sections=(Section("Rust", "Oil it."),))
    assert put(world, shop, edited) == Put(changed=1)
    (kept,) = world.read(lambda s: articles(s, shop.id))
    assert (kept.version, kept.updated_at, kept.body) == (2, world.now, "Rust\nOil it.")
    assert world.read(lambda s: version(s, shop.id)) != first


def test_a_removed_article_is_gone_and_the_version_tells(world: World, shop: Shop) -> None:
    put(world, shop, CARE)
    (kept,) = world.read(lambda s: articles(s, shop.id))
    before = world.read(lambda s: version(s, shop.id))
    world.write(lambda s: remove_article(s, shop.id, kept.id))
    assert world.read(lambda s: articles(s, shop.id)) == []
    assert world.read(lambda s: version(s, shop.id)) != before


def test_another_shops_article_is_neither_seen_nor_removed(world: World, shop: Shop) -> None:
    put(world, shop, CARE)
    (kept,) = world.read(lambda s: articles(s, shop.id))
    other = world.shop()
    assert world.read(lambda s: articles(s, other.id)) == []
    with pytest.raises(NotFound):
        world.write(lambda s: remove_article(s, other.id, kept.id))
    assert put(world, other, CARE) == Put(fresh=1)
    assert world.read(lambda s: articles(s, shop.id)) == [kept]
