"""Words as small numbers, for columns: 0 is no word, others keep their number for good."""

from collections.abc import Iterable


class Codes:
    """Words by number and numbers by word."""

    def __init__(self, words: Iterable[str] = ("",)) -> None:
        self.words = list(words)
        self._codes = {word: at for at, word in enumerate(self.words)}

    def of(self, word: str) -> int:
        """The word's number, new or known."""
        code = self._codes.setdefault(word, len(self.words))
        if code == len(self.words):
            self.words.append(word)
        return code

    def known(self, word: str) -> int:
        """The word's number, -1 when it was never seen."""
        return self._codes.get(word, -1)
