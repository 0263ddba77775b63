"""Patterns of words in Japanese and English that try on a text only what can be in it.

A rule of a shop that speaks two languages is a list of ways to say something, half of them in each.
In a text without a Latin letter no English way can match, and in plain ASCII no Japanese one; yet
a regular expression tries them all at every letter. Here each pattern is kept thrice: whole, and
without the ways that need the one script or the other.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any, Final, Literal, TypeAlias, get_args
from weakref import WeakSet

Tree: TypeAlias = Any  # of `re`: a sequence of (operation, its argument)
Matcher: TypeAlias = "re.Pattern[str] | None"  # None where nothing can match
Script: TypeAlias = Literal["latin", "wide", "both"]
Seen: TypeAlias = frozenset[str]  # letters, and two that stand side by side

_LATIN = re.compile("[A-Za-z]")
_LATIN_LETTERS: Final = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_REPEATS: Final = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}


class TwoScripts:
    """A compiled pattern, without flags. Finds what `re.compile(pattern)` would, only sooner."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._needed: dict[Script, Seen | None] = {}
        self._trees: dict[Script, Tree] = {}
        self._compiled: dict[Script, re.Pattern[str]] = {}
        _there.add(self)

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

    def needs(self, script: Script) -> Seen | None:
        """Of these a text of this script has at least one where it matches; None: who knows."""
        if script not in self._needed:
            tree = self._tree(script)
            self._needed[script] = frozenset() if tree is None else _needed(tree)
            self._trees[script] = tree
        return self._needed[script]

    def prepare(self) -> None:
        """Make all there is to make, so that no text has to wait for it."""
        for script in get_args(Script):
            # With nothing to look for, no text ever comes to the pattern.
            if self.needs(script) != frozenset() and script not in self._compiled:
                self._made(script)

    def _for(self, text: str) -> Matcher:
        script, seen = looked_through(text)
        needed = self.needs(script)
        if needed is not None and needed.isdisjoint(seen):
            return None
        return self._compiled.get(script) or self._made(script)

    # Made when a text first needs it, unless it was prepared: for one text that is much sooner.

    def _made(self, script: Script) -> "re.Pattern[str]":
        found: re.Pattern[str] = _compiler.compile(
            self._trees.pop(script, None) or self._tree(script)
        )
        self._compiled[script] = found
        return found

    def _tree(self, script: Script) -> Tree | None:
        """The pattern for texts of this script; None where it needs a letter of the other."""
        tree = _parser.parse(self.pattern)
        absent = _ABSENT.get(script)
        return None if absent is not None and _pruned(tree, absent) else tree


_there: Final["WeakSet[TwoScripts]"] = WeakSet()  # grows while modules are imported


def prepare(goes_on: Callable[[], bool]) -> None:
    """Prepare every pattern there is, in the background of a server, while `goes_on`.

    It takes half a second, in which others wait for one pattern at most.
    """
    for one in tuple(_there):
        if not goes_on():
            return
        one.prepare()


@lru_cache(maxsize=256)
def looked_through(text: str) -> tuple[Script, Seen]:
    """The script of a text, and its letters alone and two by two: many patterns try the same."""
    seen = frozenset([*text, *[text[at : at + 2] for at in range(len(text) - 1)]])
    if text.isascii():
        return "latin", seen
    return "both" if _LATIN.search(text) else "wide", seen


def _is_latin(code: int) -> bool:
    return code in _LATIN_LETTERS


def _is_wide(code: int) -> bool:
    return code > 127


_ABSENT: Final[dict[Script, Callable[[int], bool]]] = {"latin": _is_wide, "wide": _is_latin}


def _needed(tree: Tree) -> Seen | None:
    """Of these, each text that matches has one at least; None where nothing can be told."""
    found: list[Seen] = []
    before = ""
    for operation, argument in tree:
        letter = chr(argument) if operation is _constants.LITERAL else ""
        if letter and not letter.isspace():
            found.append(frozenset([before + letter]))
        elif (needed := _needed_of(operation, argument)) is not None:
            found.append(needed)
        before = "" if letter.isspace() else letter
    return min(found, key=_often, default=None)


def _needed_of(operation: Any, argument: Any) -> Seen | None:
    if operation is _constants.SUBPATTERN:
        return _needed(argument[3])
    if operation is _constants.ATOMIC_GROUP:
        return _needed(argument)
    if operation in _REPEATS:
        return _needed(argument[2]) if argument[0] else None
    if operation is _constants.BRANCH:
        ways = [_needed(way) for way in argument[1]]
        told = [way for way in ways if way is not None]
        return frozenset().union(*told) if len(told) == len(ways) else None
    if operation is _constants.IN:
        letters = [chr(code) for kind, code in argument if kind is _constants.LITERAL]
        plain = len(letters) == len(argument) and not any(map(str.isspace, letters))
        return frozenset(letters) if plain else None
    return None


def _often(needed: Seen) -> float:
    """About how often a text has one of them: Latin letters much, two together or kanji hardly."""
    return sum(1.0 if len(one) == 1 and one.isascii() else 0.05 for one in needed)


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
