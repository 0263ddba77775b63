"""Free while the token lives, metered while the month has messages, nothing to who blocked."""

from datetime import timedelta

from kaiwa.channels import Route, Standing
from kaiwa.channels.line import CHANNEL
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.event import ReplyHandle
from tests.channels.line.conftest import NOW, USER

ADDRESS = Address(1, "line_user", USER)
FRESH = ReplyHandle("fresh", NOW + timedelta(seconds=30))
NEARLY = ReplyHandle("nearly", NOW + timedelta(seconds=1))
STALE = ReplyHandle("stale", NOW)
PUSH = Route("push", USER, "metered")


def test_the_free_reply_comes_before_the_metered_push() -> None:
    standing = Standing(ADDRESS, handles=(FRESH, NEARLY, STALE))
    assert CHANNEL.routes(standing, NOW) == [
        Route("reply_token", USER, "free", FRESH, FRESH.expires_at),
        Route("reply_token", USER, "free", NEARLY, NEARLY.expires_at),
        PUSH,
    ]


def test_without_a_living_token_only_a_push_is_left() -> None:
    assert CHANNEL.routes(Standing(ADDRESS, handles=(STALE,)), NOW) == [PUSH]
    assert CHANNEL.routes(Standing(ADDRESS, quota_left=1), NOW) == [PUSH]


def test_a_spent_month_leaves_only_replies() -> None:
    routes = CHANNEL.routes(Standing(ADDRESS, handles=(FRESH,), quota_left=0), NOW)
    assert [route.kind for route in routes] == ["reply_token"]
    assert CHANNEL.routes(Standing(ADDRESS, quota_left=0), NOW) == []


def test_who_blocked_the_account_is_left_alone() -> None:
    assert CHANNEL.routes(Standing(ADDRESS, blocked_at=NOW, handles=(FRESH,)), NOW) == []
