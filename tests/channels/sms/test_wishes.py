"""STOP, START and HELP are heard in the trade's words, and nothing else is taken for them."""

import pytest

from kaiwa.channels import Route, Standing
from kaiwa.channels.sms.numbers import e164, is_e164, national
from kaiwa.channels.sms.routes import routes
from kaiwa.channels.sms.wishes import heard, wish
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.content import Media, Text
from kaiwa.vocabulary.event import Followed, HelpAsked, Said, Unfollowed
from tests.every.test_routes import NOW

JAPAN, AMERICA = "+819012345678", "+14155552671"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("STOP", "stop"),
        (" stop. ", "stop"),
        ("“Stop”!", "stop"),
        ("ＳＴＯＰ", "stop"),
        ("Stop  All", "stop"),
        ("UNSUBSCRIBE", "stop"),
        ("停止", "stop"),
        ("「配信停止」", "stop"),
        ("配信停止。", "stop"),
        ("ｽﾄｯﾌﾟ", "stop"),
        ("START", "start"),
        ("配信再開", "start"),
        ("Help?", "help"),
        ("ヘルプ", "help"),
        ("stop by at ten?", None),
        ("停止してください、注文1001を", None),
        ("help me find a mug", None),
        ("cancel", None),
        ("end", None),
        ("info", None),
        ("", None),
        ("。", None),
        ("stop" * 50, None),
    ],
)
def test_a_message_that_is_nothing_else_is_a_wish(text: str, meant: str | None) -> None:
    assert wish(text, JAPAN) == meant


def test_words_that_mean_more_in_a_shop_are_wishes_in_north_america_only() -> None:
    assert [wish(text, AMERICA) for text in ("Cancel", "END", "quit", "revoke")] == ["stop"] * 4
    assert wish("INFO", AMERICA) == "help"
    assert wish("キャンセル", AMERICA) is None


def test_a_wish_is_heard_in_its_own_words_and_owes_an_answer_unless_it_has_one() -> None:
    assert heard(Text(" 停止 "), "1", JAPAN) == Unfollowed("停止", confirm=True)
    assert heard(Text("STOP"), "1", JAPAN, confirmed=True) == Unfollowed("STOP", confirm=False)
    assert heard(Text("start"), "1", JAPAN) == Followed(True, "start", confirm=True)
    assert heard(Text("HELP"), "1", JAPAN) == HelpAsked("HELP")
    assert heard(Text("HELP"), "1", JAPAN, confirmed=True) == HelpAsked("")
    assert heard(Text("mug?"), "1", JAPAN) == Said(Text("mug?"), "1")
    assert heard(Media("image", text="STOP"), "1", JAPAN) == Said(Media("image", text="STOP"), "1")


@pytest.mark.parametrize(
    ("spelled", "number"),
    [
        ("+819012345678", JAPAN),
        ("819012345678", JAPAN),
        ("09012345678", JAPAN),
        ("090-1234-5678", JAPAN),
        ("00819012345678", JAPAN),
        ("+81 (0)90 1234 5678", JAPAN),
        ("+1 (415) 555-2671", AMERICA),
        ("12345", "12345"),
        ("KAIWA", "KAIWA"),
        ("1-800-FLOWERS", "1-800-FLOWERS"),
        ("", ""),
        ("x" * 200, "x" * 64),
    ],
)
def test_a_number_has_one_spelling(spelled: str, number: str) -> None:
    assert e164(spelled) == number
    assert e164(number) == number
    assert is_e164(number) == number.startswith("+")


def test_a_number_is_dialled_at_home() -> None:
    assert (national(JAPAN), national("KAIWA")) == ("09012345678", "KAIWA")


def test_a_number_is_written_to_for_money_until_stop_and_a_name_never() -> None:
    def way(to: str, **known: object) -> list[Route]:
        return routes(Standing(Address(1, "phone", to), **known))  # type: ignore[arg-type]

    assert way(JAPAN) == [Route("sms", JAPAN, "metered")]
    assert way(JAPAN, blocked_at=NOW) == way(JAPAN, quota_left=0) == way("KAIWA") == []
