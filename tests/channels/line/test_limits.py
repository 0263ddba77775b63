"""Our table and the fake's were written apart; where both know a limit they must agree."""

from kaiwa.channels.line.limits import LIMITS, VERSION, most
from tests.fakes import line_platform, line_rules


def test_the_fake_holds_us_to_the_same_limits() -> None:
    same = {
        "messages_per_call": line_rules.MAX_MESSAGES,
        "text": line_rules.MAX_TEXT,
        "quick_replies": line_rules.MAX_QUICK_REPLIES,
        "label": line_rules.MAX_LABEL,
        "action_text": line_rules.MAX_ACTION_TEXT,
        "postback_data": line_rules.MAX_DATA,
        "uri": line_rules.MAX_URI,
        "clipboard": line_rules.MAX_CLIPBOARD,
        "alt_text": line_rules.MAX_ALT_TEXT,
        "flex_bubbles": line_rules.MAX_BUBBLES,
        "media_url": line_rules.MAX_MEDIA_URL,
        "flex_image_url": line_rules.MAX_MEDIA_URL,
        "reply_token": line_platform.REPLY_TOKEN_LIFE_S,
        "reply_token_event": line_platform.REPLY_TOKEN_LAST_S,
        "retry_key": line_platform.RETRY_KEY_LIFE_S,
    }
    assert {name: most(name) for name in same} == same
    assert most("flex_bubble") <= line_rules.MAX_BUBBLE_BYTES
    assert most("flex_carousel") <= line_rules.MAX_CAROUSEL_BYTES


def test_every_limit_says_how_sure_it_is_and_since_when() -> None:
    assert {limit.mark for limit in LIMITS[VERSION].values()} <= {"v", "s", "?", "ours"}
    assert all(limit.as_of for limit in LIMITS[VERSION].values())
