"""What every store promises, run on each that is found and on one that only tests know."""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaiwa.cli import main
from kaiwa.engines.http import HttpAnswer
from kaiwa.stores import (
    Ability,
    Page,
    Store,
    StoreCart,
    Told,
    Unread,
    What,
    Wish,
    store_kind,
    store_kinds,
)
from kaiwa.vocabulary.errors import KaiwaError, NotAuthentic, NotFound, Refused, Unreachable
from tests.every.store_samples import samples_of_store
from tests.fakes.little_store import LittleStore

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
OURS = "https://shop.example/checkout/k"
LISTS: tuple[What, ...] = ("products", "stock", "customers", "orders")
IN_PROCESS = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Answering:
    """`Http` that always answers the same, or never."""

    def __init__(self, status: int, body: bytes = b"", headers: Mapping[str, str] = {}) -> None:
        self._answer = HttpAnswer(status, headers, body)

    async def call(self, *args: Any, **kwargs: Any) -> HttpAnswer:
        if not self._answer.status:
            raise Unreachable("Nobody is there.")
        return self._answer


@pytest.fixture(params=sorted({*store_kinds(), "little"}))
def shop_kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(store_kinds(), "little", LittleStore())
    name: str = request.param
    return name


@pytest.fixture
def store(shop_kind: str) -> Store:
    return store_kind(shop_kind)


def told_lists(store: Store) -> list[What]:
    return [what for what in LISTS if Ability(what) in store.abilities]


def fetch(store: Store, what: What, cursor: str | None, http: Any) -> Page:
    account = samples_of_store(store.kind).account
    return asyncio.run(store.fetch(what, cursor, account, http))


def test_a_store_is_known_by_its_own_kind(shop_kind: str, store: Store) -> None:
    assert store.kind == shop_kind
    assert SNAKE.fullmatch(shop_kind)
    assert store.name.strip() == store.name != ""
    assert all(isinstance(one, Ability) for one in store.abilities)


def test_a_store_is_either_here_or_tells_its_products(store: Store) -> None:
    if Ability.HERE in store.abilities:
        assert store.abilities == {Ability.HERE}
    else:
        assert Ability.PRODUCTS in store.abilities


def test_credentials_have_names_labels_and_are_secret_where_they_must(store: Store) -> None:
    names = [field.name for field in store.credential_fields]
    assert len(set(names)) == len(names)
    for field in store.credential_fields:
        assert SNAKE.fullmatch(field.name)
        assert field.label.strip() == field.label != ""
        assert field.secret or not re.search("secret|token|password|key$", field.name)
    given_names = set(samples_of_store(store.kind).account.credentials)
    required = {field.name for field in store.credential_fields if field.required}
    assert required <= given_names <= set(names)


def test_the_command_line_offers_it_with_its_credentials(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["store", "add", store.kind, "--help"])
    assert ended.value.code == 0
    offered = capsys.readouterr().out
    for field in store.credential_fields:
        assert f"--{field.name.replace('_', '-')}" in offered


def test_an_unknown_store_is_answered_with_the_known_ones(shop_kind: str) -> None:
    with pytest.raises(NotFound, match="embedded"):
        store_kind("no_such_store")


def test_each_list_is_told_whole_in_slices_and_says_where_to_go_on(store: Store) -> None:
    for what in told_lists(store):
        api = samples_of_store(store.kind).api
        assert api is not None
        http, cursor, seen = api(), None, []
        for _ in range(100):
            page = fetch(store, what, cursor, http)
            assert page == fetch(store, what, cursor, http)
            assert not [one for one in page.told if isinstance(one, Unread)]
            seen += [one.external_id for one in page.told]
            if page.next is None:
                break
            assert page.resume is None
            assert page.next != cursor
            cursor = page.next
        assert seen
        assert len(set(seen)) == len(seen)
        if page.resume is not None:
            assert fetch(store, what, page.resume, http).told == ()


@pytest.mark.parametrize("status", [0, 429, 500, 502, 503, 504])
def test_a_store_that_is_away_is_unreachable(store: Store, status: int) -> None:
    for what in told_lists(store):
        wish = {"retry-after": "7"} if status == 429 else {}
        with pytest.raises(Unreachable) as error:
            fetch(store, what, None, Answering(status, b"{}", wish))
        if wish:
            assert error.value.retry_after_s == 7


@pytest.mark.parametrize("status", [401, 403])
def test_a_store_that_does_not_let_us_in_refuses(store: Store, status: int) -> None:
    for what in told_lists(store):
        with pytest.raises(Refused):
            fetch(store, what, None, Answering(status, b"{}"))


@IN_PROCESS
@given(body=st.one_of(st.binary(max_size=200), st.sampled_from([b"[]", b"{}", b"null", b'"x"'])))
def test_an_answer_that_is_none_is_an_error_that_says_what_to_do(
    shop_kind: str, body: bytes
) -> None:
    store = store_kind(shop_kind)
    for what in told_lists(store):
        with pytest.raises(KaiwaError):
            fetch(store, what, None, Answering(200, body))


def test_a_shop_that_is_here_is_never_fetched(store: Store) -> None:
    if Ability.HERE in store.abilities:
        with pytest.raises(Refused):
            fetch(store, "products", None, Answering(200, b"{}"))


def test_an_authentic_webhook_is_let_in_and_means_the_same_twice(store: Store) -> None:
    samples = samples_of_store(store.kind)
    assert bool(samples.hooks) == (Ability.WEBHOOKS in store.abilities)
    ids = []
    for body, headers in samples.hooks:
        hook = store.verify(body, headers, samples.account)
        assert hook == store.verify(body, headers, samples.account)
        ids.append(hook.event_id)
        told = store.parse(hook.topic, body, samples.account)
        assert told
        assert not [one for one in told if isinstance(one, Unread)]
        assert told == store.parse(hook.topic, body, samples.account)
    assert len(set(ids)) == len(ids)


def test_a_webhook_that_was_touched_or_is_not_signed_is_not_authentic(store: Store) -> None:
    samples = samples_of_store(store.kind)
    calls: list[tuple[bytes, Mapping[str, str]]] = [(b"{}", {}), (b"", {})]
    for body, headers in samples.hooks:
        calls += [(body + b" ", headers), (body[:-1], headers), (body, {})]
    for body, headers in calls:
        with pytest.raises(NotAuthentic):
            store.verify(body, headers, samples.account)


@IN_PROCESS
@given(topic=st.text(max_size=20), body=st.binary(max_size=200), place=st.integers(0, 9))
def test_reading_never_raises_whatever_it_gets(
    shop_kind: str, topic: str, body: bytes, place: int
) -> None:
    store, samples = store_kind(shop_kind), samples_of_store(shop_kind)
    hooks = [(store.verify(*hook, samples.account).topic, hook[0]) for hook in samples.hooks]
    known, whole = hooks[place % len(hooks)] if hooks else (topic, body)
    cut = whole[: len(whole) * place // 10] + body
    for one, about in ((body, topic), (body, known), (cut, known), (whole, topic)):
        told = store.parse(about, one, samples.account)
        assert all(isinstance(item, get_args(Told)) for item in told)


@IN_PROCESS
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=8,
    ),
    place=st.integers(0, 99),
)
def test_a_field_of_any_kind_is_read_or_told_as_unread(
    shop_kind: str, value: Any, place: int
) -> None:
    store, samples = store_kind(shop_kind), samples_of_store(shop_kind)
    for body, headers in samples.hooks:
        topic = store.verify(body, headers, samples.account).topic
        item = json.loads(body)
        if isinstance(item, dict) and item:
            item[sorted(item)[place % len(item)]] = value
        changed = json.dumps(item).encode()
        assert isinstance(store.parse(topic, changed, samples.account), list)


def test_a_cart_is_paid_at_a_whole_address(store: Store) -> None:
    cart = StoreCart((Wish("1", 2), Wish("2", 1)), OURS, ("TEN",))
    link = store.checkout_link(cart, samples_of_store(store.kind).account)
    if Ability.HERE in store.abilities:
        assert link == OURS
    else:
        assert link is None or link.startswith("https://")
