"""Patterns of words in Japanese and English that try on a text only what can be in it.

A rule of a shop that speaks two languages is a list of ways to say something, half of them in each.
In a text without a Latin letter no English way can match, and in plain ASCII no Japanese one; yet
a regular expression tries them all at every letter. Here each pattern is kept thrice: whole, and
without the ways that need the one script or the other.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any, Final, TypeAlias

Tree: TypeAlias = Any  # of `re`: a sequence of (operation, its argument)
Matcher: TypeAlias = "re.Pattern[str] | None"  # None where nothing can match

_LATIN = re.compile("[A-Za-z]")
_LATIN_LETTERS: Final = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_REPEATS: Final = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}


class TwoScripts:
    """A compiled pattern, without flags. Finds what `re.compile(pattern)` would, only sooner."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def search(self, text: str) -> re.Match[str] | None:
        """See `re.Pattern`."""
        one = self._for(text)
        return one.search(text) if one is not None else None

    def match(self, text: str) -> re.Match[str] | None:
        """See `re.Pattern`."""
        one = self._for(text)
        return one.match(text) if one is not None else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """See `re.Pattern`."""
        one = self._for(text)
        return one.fullmatch(text) if one is not None else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """See `re.Pattern`."""
        one = self._for(text)
        return one.finditer(text) if one is not None else iter(())

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """See `re.Pattern`."""
        one = self._for(text)
        return one.sub(instead, text, count) if one is not None else text

    def _for(self, text: str) -> Matcher:
        if text.isascii():
            return self._latin
        return self._whole if _LATIN.search(text) else self._wide

    # Made when a text first needs it: to make all of them takes longer than to answer.

    @cached_property
    def _latin(self) -> Matcher:
        return _compiled(self.pattern, _is_wide)

    @cached_property
    def _wide(self) -> Matcher:
        return _compiled(self.pattern, _is_latin)

    @cached_property
    def _whole(self) -> "re.Pattern[str]":
        return re.compile(self.pattern)


def _compiled(pattern: str, absent: Callable[[int], bool]) -> Matcher:
    """The pattern for texts that have no such letter; None where it needs one."""
    tree = _parser.parse(pattern)
    if _pruned(tree, absent):
        return None
    found: re.Pattern[str] = _compiler.compile(tree)
    return found


def _is_latin(code: int) -> bool:
    return code in _LATIN_LETTERS


def _is_wide(code: int) -> bool:
    return code > 127


def _pruned(tree: Tree, absent: Callable[[int], bool]) -> bool:
    """Takes out of it what needs such a letter; whether all of it does."""
    kept, needs = [], False
    for operation, argument in tree:
        if operation is _constants.BRANCH:
            argument[1][:] = [way for way in argument[1] if not _pruned(way, absent)]
            lost = not argument[1]
        elif operation in _REPEATS:
            lost = _pruned(argument[2], absent)
            if lost and not argument[0]:
                continue
        elif operation is _constants.ASSERT_NOT:
            if _pruned(argument[1], absent):
                continue
            lost = False
        elif operation is _constants.IN:
            lost = all(_member_needs(member[0], member[1], absent) for member in argument)
        else:
            lost = _one_lost(operation, argument, absent)
        needs = needs or lost
        kept.append((operation, argument))
    tree.data[:] = kept
    return needs


def _one_lost(operation: Any, argument: Any, absent: Callable[[int], bool]) -> bool:
    if operation is _constants.LITERAL:
        return absent(argument)
    if operation is _constants.SUBPATTERN:
        return _pruned(argument[3], absent)
    if operation is _constants.ASSERT:
        return _pruned(argument[1], absent)
    # References, places, any letter but some: none of them needs one.
    return operation is _constants.ATOMIC_GROUP and _pruned(argument, absent)


def _member_needs(operation: Any, argument: Any, absent: Callable[[int], bool]) -> bool:
    if operation is _constants.LITERAL:
        return absent(argument)
    # A range from one Latin letter to another may have signs between Z and a.
    return (
        operation is _constants.RANGE
        and absent(argument[0])
        and absent(argument[1])
        and not argument[0] <= ord("Z") < ord("a") <= argument[1]
    )
