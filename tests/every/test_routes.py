"""The ways to somebody: none to who blocked us, free ones first, none on a right that ran out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.channels import Route, Standing, channel
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.event import ReplyHandle
from tests.every.samples import samples_of

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
moments = st.integers(-400_000, 400_000).map(lambda seconds: NOW + timedelta(seconds=seconds))
handles = st.lists(st.builds(ReplyHandle, st.text(min_size=1), moments), max_size=3).map(tuple)


def standing(kind: str, **known: object) -> Standing:
    """Somebody who wrote a moment ago, and what else is known of them."""
    to = Address(1, channel(kind).address_kind, samples_of(kind).to)
    plain = Standing(to, last_inbound_at=NOW - timedelta(seconds=1))
    return Standing(**{name: getattr(plain, name) for name in plain.__struct_fields__} | known)


def gives_handles(kind: str) -> bool:
    """Whether what the channel hears brings rights to answer."""
    found = channel(kind)
    return any(
        event.reply_handle is not None
        for body in samples_of(kind).heard
        for _, event in found.parse(body, NOW)
    )


def test_who_just_wrote_can_be_answered(kind: str) -> None:
    routes = channel(kind).routes(standing(kind), NOW)
    assert routes
    assert all(route.to == samples_of(kind).to for route in routes)


@settings(deadline=None)
@given(handles, moments)
def test_who_blocked_us_is_left_alone(
    kind: str, held: tuple[ReplyHandle, ...], at: datetime
) -> None:
    assert channel(kind).routes(standing(kind, blocked_at=at, handles=held), NOW) == []


@settings(deadline=None)
@given(handles, st.none() | moments, st.none() | st.integers(0, 9))
def test_no_right_is_used_after_its_deadline_and_a_living_one_comes_first(
    kind: str, held: tuple[ReplyHandle, ...], spoke_at: datetime | None, quota: int | None
) -> None:
    known = standing(kind, handles=held, last_inbound_at=spoke_at, quota_left=quota)
    routes = channel(kind).routes(known, NOW)
    assert routes == channel(kind).routes(known, NOW)
    living = [handle for handle in held if handle.expires_at > NOW]
    for route in routes:
        assert route.cost in ("free", "metered")
        assert route.handle is None or route.handle in living
        assert route.expires_at is None or route.expires_at > NOW
    if living and gives_handles(kind):
        assert routes[0].handle in living
    if quota == 0:
        assert not any(_metered(route) for route in routes)


def _metered(route: Route) -> bool:
    return route.cost == "metered"
