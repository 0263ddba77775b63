"""The language model of a shop: its key sealed, its limits possible."""

import pytest

from kaiwa.engines.llm import ModelAccount
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.language_model import (
    ModelTerms,
    NewModel,
    language_model,
    remove_model,
    set_model,
)
from kaiwa.vocabulary.errors import Invalid, NotAuthentic, NotFound
from tests.world import SECRETS, START, Shop, World, dump

NEW = NewModel("openai", "small-model", None, "sk-secret", ModelTerms(daily_tokens=5))


def put(world: World, shop: Shop, new: NewModel = NEW) -> ModelAccount:
    made = world.write(lambda s: set_model(s, shop.id, new, SECRETS, START))
    assert made == world.read(lambda s: language_model(s, shop.id))
    return made.account(SECRETS)


def test_a_model_is_kept_with_its_key_sealed(world: World, shop: Shop) -> None:
    assert put(world, shop) == ModelAccount("openai", "small-model", "sk-secret")
    told = world.read(lambda s: language_model(s, shop.id))
    assert told is not None
    assert told.terms.daily_tokens == 5
    assert b"sk-secret" not in repr(dump(world.db)).encode()
    with pytest.raises(NotAuthentic):
        told.account(Secrets(bytes(32)))


def test_a_key_stays_where_it_was_given_for(world: World, shop: Shop) -> None:
    put(world, shop)
    renamed = NewModel("openai", "large-model")
    assert put(world, shop, renamed).key == "sk-secret"
    moved = NewModel("openai", "large-model", "https://elsewhere.example/v1")
    assert put(world, shop, moved).key is None
    back = NewModel("openai", "large-model")
    with pytest.raises(Invalid, match="needs a key"):
        put(world, shop, back)
    assert put(world, shop, moved).key is None


def test_another_shops_key_does_not_open_here(world: World, shop: Shop) -> None:
    put(world, shop)
    other = world.shop()
    world.write(
        lambda s: s.run(
            """INSERT INTO language_model SELECT :other, engine, name, base_url, sealed_key, terms,
            version, changed_at FROM language_model WHERE merchant_id = :own""",
            other=other.id,
            own=shop.id,
        )
    )
    told = world.read(lambda s: language_model(s, other.id))
    assert told is not None
    with pytest.raises(NotAuthentic):
        told.account(SECRETS)


def test_what_is_removed_is_gone(world: World, shop: Shop) -> None:
    put(world, shop)
    world.write(lambda s: remove_model(s, shop.id))
    assert world.read(lambda s: language_model(s, shop.id)) is None
    with pytest.raises(NotFound):
        world.write(lambda s: remove_model(s, shop.id))


@pytest.mark.parametrize(
    "new",
    [
        NewModel("mystery", "m", None, "k"),
        NewModel("openai", " ", None, "k"),
        NewModel("openai", "m"),
        NewModel("openai", "m", "ftp://x.example", "k"),
        NewModel("openai", "m", "https://user:key@x.example", "k"),
        NewModel("openai", "m", "https://", "k"),
        NewModel("openai", "m", None, "鍵"),
        NewModel("openai", "m", None, "k", ModelTerms(jobs=())),
        NewModel("openai", "m", None, "k", ModelTerms(turn_timeout_s=0)),
        NewModel("openai", "m", None, "k", ModelTerms(turn_timeout_s=float("nan"))),
        NewModel("openai", "m", None, "k", ModelTerms(daily_tokens=-1)),
        NewModel("openai", "m", None, "k", ModelTerms(price_in_minor=10**13)),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    world: World, shop: Shop, new: NewModel
) -> None:
    before = dump(world.db)
    with pytest.raises(Invalid):
        put(world, shop, new)
    assert dump(world.db) == before
