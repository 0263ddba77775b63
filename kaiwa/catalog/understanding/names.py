"""Which of a shop's many names a text speaks of, without trying each: brands and categories."""

from collections import defaultdict
from collections.abc import Iterable

_HEAD = 2


class Names:
    """Names by a key: the plain form in which they would stand in a text."""

    def __init__(self, keyed: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, list[str]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key, name in keyed:
            if key:
                self._names[key].append(name)
                lengths[key[:_HEAD]].add(len(key))
        self._lengths = {head: tuple(some) for head, some in lengths.items()}

    def within(self, text: str) -> list[str]:
        """Every name whose key is anywhere in `text`."""
        found: dict[str, None] = {}
        for start in range(len(text)):
            for head in (text[start : start + _HEAD], text[start]):
                for length in self._lengths.get(head, ()):
                    for name in self._names.get(text[start : start + length], ()):
                        found[name] = None
        return list(found)
