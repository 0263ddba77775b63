"""How alike two words are, against the table that defines it."""

from hypothesis import given
from hypothesis import strategies as st

from kaiwa.languages.folding import likeness

WORD = st.text("アイウab", max_size=12)


def edits(one: str, other: str) -> int:
    """Put in, left out, changed, or swapped with the neighbour: cell by cell."""
    table = [[max(row, column) if not row * column else 0 for column in range(len(other) + 1)]
             for row in range(len(one) + 1)]  # fmt: skip
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            a, b = one[row - 1], other[column - 1]
            ways = [
                table[row - 1][column] + 1,
                table[row][column - 1] + 1,
                table[row - 1][column - 1] + (a != b),
            ]
            if row > 1 and column > 1 and (a, b) == (other[column - 2], one[row - 2]):
                ways.append(table[row - 2][column - 2] + 1)
            table[row][column] = min(ways)
    return table[-1][-1]


@given(WORD, WORD)
def test_likeness_is_one_less_the_share_of_letters_that_were_mistyped(a: str, b: str) -> None:
    longest = max(len(a), len(b))
    assert likeness(a, b) == (1 - edits(a, b) / longest if longest else 1.0)
