"""A product's whole name with nothing but words around it, told by what those words want."""

import pytest

from kaiwa.bot.naming.just_named import (
    _DROPPING,
    _DROPS,
    _NAMING,
    _SEEKING,
    _STOCK,
    _TAKING,
    _is_all,
)


@pytest.mark.parametrize(
    "rest",
    [
        "i mean the \x00.",
        "i said the \x00",
        "the \x00",
        "\x00のことです。",
        "\x00だよ",
        "\x00です",
        "",
    ],
)
def test_these_words_only_say_which(rest: str) -> None:
    assert _is_all(rest, (_NAMING,)) and not _TAKING.search(rest)


@pytest.mark.parametrize(
    "rest",
    ["\x00ってある", "\x00見たいんだけど", "すみません、\x00を見せていただけますか。",
     "do you have the \x00",
     "hi do u have \x00", "im after the \x00", "\x00さがしてます"],
)  # fmt: skip
def test_these_words_seek(rest: str) -> None:
    assert _is_all(rest, (_SEEKING, _NAMING))


@pytest.mark.parametrize("rest", ["\x00 在庫", "\x00 in stock", "is the \x00 available"])
def test_these_words_ask_for_stock(rest: str) -> None:
    assert _STOCK.search(rest) and _is_all(rest, (_STOCK, _SEEKING))


@pytest.mark.parametrize(
    "rest", ["add the \x00 to my cart", "a set of \x00 then", "\x00を買いたい"]
)
def test_who_takes_seeks_nothing(rest: str) -> None:
    assert _TAKING.search(rest)


def test_who_gives_up_takes_it_out() -> None:
    for rest in ("\x00やっぱりやめます", "nah, drop the \x00", "\x00削除"):
        assert _DROPS.search(rest) and _is_all(rest, (_DROPPING,))
    assert not _DROPS.search("\x00です")


def test_a_word_that_is_left_over_is_read_like_any_other() -> None:
    assert not _is_all("can i boil pasta in the \x00", (_SEEKING, _NAMING))
