"""What a provider said of a fault, for people who read Japanese: our part in Japanese, its in 「」.

Channels put our own short English before the provider's words ("Twilio answered 503: …"). That part
is said in Japanese here; the provider's own words stay as they are, so that they can be searched.
"""

import re
from typing import Final

_NETWORK: Final = (
    "サーバー自身のネットワークの中のアドレスのため、つなぎません（サーバーの管理者が許可できます）"
)
# What we say before the words of others; what is left of the match is theirs.
_OURS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), said)
    for pattern, said in (
        (r"Could not connect: there is no host called (?P<theirs>.*)", "ホスト名が見つかりません"),
        (
            r"Could not connect: (?P<theirs>.*) has no certificate that is trusted",
            "信頼できる証明書がないため、つなぎません",
        ),
        (r"Could not connect: (?P<theirs>.*): Connection refused", "接続が断られました"),
        (r"Could not connect: (?P<theirs>.*)", "接続できません"),
        (r"The address is not one: (?P<theirs>.*)", "アドレスの書き方が正しくありません"),
        (r"No whole answer came: within (?P<number>[\d.]+) s", "{number}秒以内に返事がありません"),
        (r"No whole answer came: (?P<theirs>.*)", "返事が途中で切れました"),
        (r"[\w ]+ asks to slow down[:.]? ?(?P<theirs>.*)", "短い間に呼び出しが多すぎます"),
        (r"[\w ]+ answered (?P<number>\d{3}): (?P<theirs>.*)", "応答{number}"),
        (r"[\w ]+'s answer could not be read: (?P<theirs>.*)", "返事を読み取れません"),
        (
            r"[\w ]+ (?:refused|does not know|does not accept)[\w ']*(?: \(\d+\))?: (?P<theirs>.*)",
            "",
        ),
    )
)


def in_japanese(words: str) -> str:
    """The fault in Japanese, with the provider's own words in 「」 after it."""
    words = words.strip()
    if "inside the server's own network" in words:
        return _NETWORK
    for pattern, said in _OURS:
        if match := pattern.fullmatch(words):
            found = match.groupdict()
            return said.format(number=found.get("number", "")) + _quoted(found.get("theirs") or "")
    return _quoted(words)


def _quoted(words: str) -> str:
    words = words.strip()
    return f"「{words}」" if words else ""
