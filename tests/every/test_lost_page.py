"""The page of losses says what the code does today, for every channel there is."""

import pytest

from tests.every.lost_page import page, place


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_is_what_the_code_says(language: str) -> None:
    fresh = page(language) == place(language).read_text("utf-8")
    assert fresh, "what-is-lost.md is stale: run `python -m tests.every.lost_page`"
