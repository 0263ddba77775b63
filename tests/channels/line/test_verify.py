"""Only what the channel secret signed comes in."""

import pytest
from linebot.v3.webhook import SignatureValidator

from kaiwa.channels import Account, RawRequest, Verdict
from kaiwa.channels.line import CHANNEL
from kaiwa.channels.line.signature import signature
from kaiwa.vocabulary.errors import NotAuthentic

BODY = b"bodybodybodybody"
KNOWN = "/gg9a+LvFevTH1sd7XCQycD7tsWclCsInj7MhBHxN7k="


def _account(secret: str) -> Account:
    return Account(1, {"channel_secret": secret})


def _verify(secret: str, headers: dict[str, str], body: bytes = BODY) -> Verdict:
    return CHANNEL.verify(RawRequest(body, headers), _account(secret))


def test_the_known_vector() -> None:
    assert signature("channel_secret", BODY) == KNOWN
    assert _verify("channel_secret", {"x-line-signature": KNOWN}) == Verdict()


def test_while_the_secret_is_rotated_both_hold() -> None:
    for secrets in ("new, channel_secret", "channel_secret,new"):
        assert _verify(secrets, {"x-line-signature": KNOWN}) == Verdict()


@pytest.mark.parametrize(
    ("secret", "headers"),
    [
        ("channel_secret", {}),
        ("channel_secret", {"x-line-signature": ""}),
        ("channel_secret", {"x-line-signature": "署名"}),
        ("channel_secret", {"x-line-signature": KNOWN + " "}),
        ("channel_secret", {"x-line-signature": KNOWN.lower()}),
        ("another", {"x-line-signature": KNOWN}),
        ("", {"x-line-signature": signature("", BODY)}),
        (" , ", {"x-line-signature": signature("", BODY)}),
    ],
)
def test_everything_else_is_refused(secret: str, headers: dict[str, str]) -> None:
    with pytest.raises(NotAuthentic):
        _verify(secret, headers)


@pytest.mark.parametrize("body", [b"{}", BODY, "会話".encode()])
def test_the_sdk_and_we_accept_the_same(body: bytes) -> None:
    signed = signature("channel_secret", body)
    text = body.decode()
    assert SignatureValidator("channel_secret").validate(text, signed)
    assert _verify("channel_secret", {"x-line-signature": signed}, body) == Verdict()
    assert not SignatureValidator("other").validate(text, signed)
