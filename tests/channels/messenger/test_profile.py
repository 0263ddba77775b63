"""The menu and the questions that stand in a chat before anybody writes."""

from datetime import UTC, datetime

import msgspec
import pytest

from kaiwa.channels import Account, channel
from kaiwa.channels.meta.api import set_profile
from kaiwa.channels.meta.content import GET_STARTED
from kaiwa.channels.meta.profile import SENTENCES
from kaiwa.channels.meta.surface import INSTAGRAM, MESSENGER, Surface
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.event import Said
from tests.fakes.line_http import InProcessHttp
from tests.fakes.meta_platform import MetaPlatform
from tests.fakes.meta_samples import USER
from tests.fakes.meta_samples import account as account_of

NOW = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)


def with_words(kind: str, **words: str) -> Account:
    account = account_of(kind)
    return msgspec.structs.replace(account, credentials={**account.credentials, **words})


@pytest.mark.parametrize("surface", [MESSENGER, INSTAGRAM], ids=lambda one: str(one.kind))
async def test_what_is_pressed_is_said(
    surface: Surface, platform: MetaPlatform, http: InProcessHttp
) -> None:
    account = with_words(surface.kind, menu="送料は？ | 担当者と話す ｜ ", questions="営業時間は？")
    await set_profile(account, http, surface)
    (menu,) = platform.profile["persistent_menu"]
    assert [one["title"] for one in menu["call_to_actions"]] == ["送料は？", "担当者と話す"]
    (asked,) = platform.profile["ice_breakers"]
    kind = channel(surface.kind)
    for item in (*menu["call_to_actions"], *asked["call_to_actions"]):
        words = item.get("title") or item["question"]
        pressed = platform.webhooks().postback(USER, words, item["payload"])
        ((_, event),) = kind.parse(platform.webhooks().deliver(pressed)[0], NOW)
        assert isinstance(event.heard, Said)
        assert event.heard.content == Text(words)
    first = {"payload": GET_STARTED} if surface is MESSENGER else None
    assert platform.profile.get("get_started") == first


async def test_left_open_they_stay_and_a_dash_takes_them_away(
    platform: MetaPlatform, http: InProcessHttp
) -> None:
    await set_profile(
        with_words("messenger", menu="送料は？", questions="何時まで？"), http, MESSENGER
    )
    await set_profile(with_words("messenger"), http, MESSENGER)
    assert set(platform.profile) == {"get_started", "persistent_menu", "ice_breakers"}
    await set_profile(with_words("messenger", menu="-"), http, MESSENGER)
    assert set(platform.profile) == {"get_started", "ice_breakers"}


@pytest.mark.parametrize(
    ("name", "words", "entry"),
    [
        ("menu", "あ" * 31, "あ" * 31),
        ("menu", "|".join(f"no. {number}" for number in range(21)), "no. 20"),
        ("questions", "あ" * 81, "あ" * 60),
        ("questions", "a|b|c|d|e", "e"),
    ],
)
async def test_what_meta_would_not_take_is_said_and_not_sent(
    platform: MetaPlatform, http: InProcessHttp, name: str, words: str, entry: str
) -> None:
    account = with_words("messenger", **{name: words})
    most, length = {"menu": (20, 30), "questions": (4, 80)}[name]
    told = SENTENCES[name].format(most=most, length=length, entry=entry)
    with pytest.raises(Refused) as caught:
        await set_profile(account, http, MESSENGER)
    assert (caught.value.message, platform.profile) == (told, {})
    assert told in await channel("messenger").health(account, http)
