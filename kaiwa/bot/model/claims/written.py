"""Every fact of a text that has a form: numbers, prices, days, links, codes; and names."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from kaiwa.bot.model.claims.amounts import amounts
from kaiwa.bot.model.claims.contacts import contacts
from kaiwa.bot.model.claims.moments import moments
from kaiwa.bot.model.claims.stated import Claim, Stated, folded, settled

Names: TypeAlias = Callable[[str], Iterable[tuple[int, int]]]
"""Where names of products, brands and options stand in a folded text."""


def claims(text: str, names: Names | None = None) -> tuple[Stated, ...]:
    """Every such fact of a text, in its order, then the names; places are of the folded text."""
    plain = folded(text)
    words = plain.text
    written = settled([*contacts(plain, text), *moments(words), *amounts(words)])
    named = list(names(words)) if names else []
    return (
        *written,
        *(Stated(Claim("name", words[begin:end]), begin, end) for begin, end in named),
    )
