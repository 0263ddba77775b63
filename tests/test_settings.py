"""Where browsers reach the server, from what the operator set."""

from pathlib import Path

import pytest

from kaiwa.settings import Settings


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
