"""A provider's sentence inside one of ours keeps no full stop of its own."""

import pytest

from kaiwa.channels.clause import clause


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("The session has expired. ", "The session has expired"),
        ("期限切れです。", "期限切れです"),
        ("It ends so...", "It ends so"),
        ("Version 2.0", "Version 2.0"),
        ("", ""),
    ],
)
def test_the_stop_is_ours(words: str, left: str) -> None:
    assert clause(words) == left
