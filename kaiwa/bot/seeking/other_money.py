"""That an amount was told in money that is not the shop's, and was not looked by."""

import unicodedata
from typing import Final

from kaiwa.bot.skills.contract import Case, said
from kaiwa.catalog.understanding.currencies import in_other_money
from kaiwa.vocabulary.reply import TextBlock

_CALLED: Final = {"JPY": "finding.currency_jpy", "USD": "finding.currency_usd"}


def of_other_money(case: Case) -> tuple[TextBlock, ...]:
    """The sentence to say before what was found; none where the money is the shop's own."""
    currency = case.shop.merchant.currency
    text = unicodedata.normalize("NFKC", case.turn.text).casefold()
    if not in_other_money(text, currency):
        return ()
    name = case.say(_CALLED[currency]) if currency in _CALLED else currency
    return said(case.say("finding.other_money", currency=name))
