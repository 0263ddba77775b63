"""What somebody else said, inside a sentence of ours."""


def clause(words: str) -> str:
    """Their words without the full stop at the end: ours comes after them."""
    return words.strip().rstrip(".。").rstrip()
