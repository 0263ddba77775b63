"""A provider's English in a Japanese sentence: the fault in Japanese, its own words in 「」."""

import pytest

from kaiwa.desk.provider_words import in_japanese


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Could not connect: refused", "接続できません「refused」"),
        (
            "Could not connect: api.line.example:443: Connection refused",
            "接続が断られました「api.line.example:443」",
        ),
        (
            "Could not connect: there is no host called api.line.example",
            "ホスト名が見つかりません「api.line.example」",
        ),
        (
            "Could not connect: proxy.example has no certificate that is trusted",
            "信頼できる証明書がないため、つなぎません「proxy.example」",
        ),
        ("No whole answer came: within 30.0 s", "30.0秒以内に返事がありません"),
        (
            "No whole answer came: Server disconnected",
            "返事が途中で切れました「Server disconnected」",
        ),
        ("WhatsApp answered 503: busy (2)", "応答503「busy (2)」"),
        ("Meta asks to slow down: too many (4)", "短い間に呼び出しが多すぎます「too many (4)」"),
        ("The gateway asks to slow down.", "短い間に呼び出しが多すぎます"),
        ("Twilio refused the message (400): bad number (21211)", "「bad number (21211)」"),
        (
            "WhatsApp refused the account: The session has expired (190)",
            "「The session has expired (190)」",
        ),
        ("Twilio refused the account or its sender: no (20003)", "「no (20003)」"),
        ("Vonage's answer could not be read: JSON", "返事を読み取れません「JSON」"),
        (
            "Could not connect: it is inside the server's own network; who runs it can allow that",
            "サーバー自身のネットワークの中のアドレスのため、つなぎません（サーバーの管理者が許可できます）",
        ),
        ("Some words of somebody", "「Some words of somebody」"),
        ("{0} {number}", "「{0} {number}」"),
        ("", ""),
    ],
)
def test_what_is_ours_is_japanese_and_what_is_theirs_is_quoted(said: str, shown: str) -> None:
    assert in_japanese(said) == shown
