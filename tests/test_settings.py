"""Where browsers reach the server, from what the operator set."""

from pathlib import Path

import pytest

from kaiwa.settings import Settings, read_settings
from kaiwa.vocabulary.errors import Invalid


@pytest.mark.parametrize(
    ("host", "public_url", "origin"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:8000"),
        ("0.0.0.0", None, "http://127.0.0.1:8000"),
        ("::", None, "http://127.0.0.1:8000"),
        ("::1", None, "http://[::1]:8000"),
        ("0.0.0.0", "https://kaiwa.example", "https://kaiwa.example"),
    ],
)
def test_the_origin_is_an_address_somebody_can_open(
    host: str, public_url: str | None, origin: str
) -> None:
    assert Settings(Path(), "", host=host, public_url=public_url).origin == origin


def test_a_mail_server_for_agents_is_whole_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SERVER", "FROM", "USER", "PASSWORD"):
        monkeypatch.delenv(f"KAIWA_MAIL_{name}", raising=False)
    assert read_settings("data").mail_server is None
    monkeypatch.setenv("KAIWA_MAIL_SERVER", "mail.example:465")
    with pytest.raises(Invalid, match="KAIWA_MAIL_FROM"):
        read_settings("data")
    monkeypatch.setenv("KAIWA_MAIL_FROM", "desk@kaiwa.example")
    assert read_settings("data").mail_server == {
        "sender_name": "Kaiwa",
        "smtp_server": "mail.example:465",
        "address": "desk@kaiwa.example",
    }
