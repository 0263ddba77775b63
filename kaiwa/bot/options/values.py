"""The values that stand in the words, whatever is wished with them."""

from kaiwa.bot.nlu.reader.entities import entities
from kaiwa.bot.nlu.reader.normal import normalised
from kaiwa.bot.nlu.slot import Colour, Quantity, Size, Slot
from kaiwa.bot.shop import Shop


def values_in(words: str, shop: Shop) -> tuple[Slot, ...]:
    """The numbers, colours and sizes that stand in the words."""
    found = entities(normalised(words), shop.today, ())
    return tuple(one.slot for one in found if isinstance(one.slot, Quantity | Colour | Size))
