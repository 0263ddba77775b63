"""What was written this time, in the styles of the programs that Japan and the world write with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.channels.email.quoting import written

GMAIL_JA = """\
青をお願いします。

2026年11月21日(土) 12:34 青い店 <shop@example.jp>:

> ご希望の色はどちらでしょうか。
>
> 青い店
"""
GMAIL_JA_WRAPPED = """\
青をお願いします。

2026年11月21日(土) 12:34 青い店 お客様サポート担当
<shop+kaiwa.5f7cbd6a@example.jp>:

> ご希望の色はどちらでしょうか。
"""
GMAIL_EN = """\
The blue one, please.

On Sat, Nov 21, 2026 at 12:34 PM The Blue Shop <
shop@example.jp> wrote:

> Which colour would you like?
"""
APPLE_JA = """\
青をお願いします。

iPhoneから送信

> 2026/11/21 12:34、青い店 <shop@example.jp>のメール:
>
> \ufeffご希望の色はどちらでしょうか。
"""
APPLE_JA_OUTSIDE = """\
青をお願いします。

2026/11/21 12:34、青い店 <shop@example.jp>のメール：

> ご希望の色はどちらでしょうか。

iPhoneから送信
"""
OUTLOOK_JA = """\
青をお願いします。

________________________________
差出人: 青い店 <shop@example.jp>
送信日時: 2026年11月21日 12:34
宛先: 花 <hana@example.jp>
件名: ご希望の色

ご希望の色はどちらでしょうか。
"""
OUTLOOK_JA_BARE = """\
青をお願いします。

差出人: 青い店 <shop@example.jp>
送信日時: 2026年11月21日 土曜日 12:34
宛先: hana@example.jp
CC: other@example.jp
件名: RE: ご希望の色

ご希望の色はどちらでしょうか。
"""
OUTLOOK_EN = """\
The blue one, please.

From: The Blue Shop <shop@example.jp>
Sent: Saturday, November 21, 2026 12:34 PM
To: Hana <hana@example.jp>
Subject: Which colour?

Which colour would you like?
"""
OUTLOOK_OLD = """\
青をお願いします。

-----Original Message-----
From: shop@example.jp [mailto:shop@example.jp]
Sent: Saturday, November 21, 2026 12:34 PM
To: hana@example.jp
Subject: ご希望の色

ご希望の色はどちらでしょうか。
"""
OUTLOOK_OLD_JA = OUTLOOK_OLD.replace("Original Message", "元のメッセージ")
YAHOO_JA = """\
青をお願いします。

----- Original Message -----
>From: "青い店" <shop@example.jp>
>To: hana@example.jp
>Date: 2026/11/21, Sat 12:34
>Subject: ご希望の色
>
>ご希望の色はどちらでしょうか。
"""
THUNDERBIRD_JA = """\
On 2026/11/21 12:34, 青い店 wrote:
> ご希望の色はどちらでしょうか。

青をお願いします。
"""
BECKY = """\
青い店様

On Sat, 21 Nov 2026 12:34:56 +0900
青い店 <shop@example.jp> wrote:

> ご希望の色はどちらでしょうか。

青をお願いします。
"""
SAN_WROTE = """\
青い店 さんは書きました:
＞ ご希望の色はどちらでしょうか。
青をお願いします。
"""
INTERLEAVED = """\
> 色はどちらでしょうか。
青です。
> お届け先は。
自宅でお願いします。
"""
SIGNED_JA = """\
お世話になっております。
返品をお願いいたします。

━━━━━━━━━━━━━━━━━━━━
株式会社 見本
山田 花子
〒100-0001 東京都千代田区千代田1-1
TEL: 03-1234-5678
━━━━━━━━━━━━━━━━━━━━
"""
SIGNED_STARS = """\
返品をお願いします。

*:;;;:*:;;;:*:;;;:*:;;;:*
花 hana@example.jp
*:;;;:*:;;;:*:;;;:*:;;;:*
"""
SIGNED_EN = "Please send it again.\n\n-- \nHana Yamada\nTokyo\n"
PHONE_EN = "The blue one.\n\nSent from my iPhone\n"
OUTLOOK_PHONE = "青をお願いします。\n\nOutlook for iOS を入手\n"
DOCOMO = "青をお願いします。\n\nXperiaから送信\n"
YAHOO_PHONE = "青をお願いします。\n\nYahoo!メールアプリから送信\n"

BLUE_JA, BLUE_EN = "青をお願いします。", "The blue one, please."
STYLES = {
    "gmail ja": (GMAIL_JA, BLUE_JA),
    "gmail ja wrapped": (GMAIL_JA_WRAPPED, BLUE_JA),
    "gmail en wrapped": (GMAIL_EN, BLUE_EN),
    "apple ja": (APPLE_JA, BLUE_JA),
    "apple ja outside": (APPLE_JA_OUTSIDE, BLUE_JA),
    "outlook ja": (OUTLOOK_JA, BLUE_JA),
    "outlook ja bare": (OUTLOOK_JA_BARE, BLUE_JA),
    "outlook en": (OUTLOOK_EN, BLUE_EN),
    "outlook old": (OUTLOOK_OLD, BLUE_JA),
    "outlook old ja": (OUTLOOK_OLD_JA, BLUE_JA),
    "yahoo ja": (YAHOO_JA, BLUE_JA),
    "thunderbird ja, below": (THUNDERBIRD_JA, BLUE_JA),
    "becky": (BECKY, f"青い店様\n\n\n\n{BLUE_JA}"),
    "san wrote": (SAN_WROTE, BLUE_JA),
    "between": (INTERLEAVED, "青です。\n自宅でお願いします。"),
    "signed ja": (SIGNED_JA, "お世話になっております。\n返品をお願いいたします。"),
    "signed stars": (SIGNED_STARS, "返品をお願いします。"),
    "signed en": (SIGNED_EN, "Please send it again."),
    "phone en": (PHONE_EN, "The blue one."),
    "outlook phone": (OUTLOOK_PHONE, BLUE_JA),
    "docomo": (DOCOMO, BLUE_JA),
    "yahoo phone": (YAHOO_PHONE, BLUE_JA),
}
KEPT = {
    "a question about a date": "2026年11月21日 12:34 に届くとか、本当ですか:\n教えて。",
    "an address in a list": "差出人: 花\n荷物は二つです。",
    "a rule in the middle": "注文です。\n==========\n青いマグ 2個\n==========\nお願いします。",
    "he wrote": "My friend wrote:\nthis mug is great.",
    "a list of dashes": "- blue\n- white\n---\n- small",
    "only a quote": "> Which colour would you like?",
    "a forward": "見て。\n\n---------- Forwarded message ------\nFrom: x@example.jp\n\n本文",
    "from here": "荷物は今日、東京から送信\nされましたか？",
}


@pytest.mark.parametrize("style", STYLES)
def test_only_what_was_written_this_time_is_read(style: str) -> None:
    text, own = STYLES[style]
    assert written(text) == own


@pytest.mark.parametrize("what", KEPT)
def test_what_only_looks_like_a_quote_stays(what: str) -> None:
    assert written(KEPT[what]) == KEPT[what]


@pytest.mark.parametrize("quote", [GMAIL_JA, OUTLOOK_JA, YAHOO_JA, OUTLOOK_EN])
def test_a_quote_alone_is_never_read_as_nothing(quote: str) -> None:
    assert written("\n".join(quote.split("\n")[2:])).strip()


LINES = st.sampled_from(
    [line for text, _ in STYLES.values() for line in text.split("\n")] + ["", "ok", "> > x"]
)


@given(st.lists(LINES, max_size=40) | st.text().map(lambda text: text.split("\n")))
def test_of_any_lines_something_of_them_is_left(lines: list[str]) -> None:
    text = "\n".join(lines)
    own = written(text)
    assert bool(own.strip()) == bool(text.strip())
    rest = iter(text.replace(" ", ""))
    assert all(character in rest for character in own.replace(" ", ""))
