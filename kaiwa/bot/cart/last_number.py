"""三足で一組なの？じゃあ二つでいい: of several numbers told of what is in the cart, the last."""

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.request import Request


def last_number(request: Request) -> Request:
    """The request with one number at most, where it sets how many."""
    counts = [one for one in request.slots if isinstance(one, Quantity)]
    if request.act != "change_quantity" or len(counts) < 2:
        return request
    kept = tuple(one for one in request.slots if not isinstance(one, Quantity))
    return replace(request, slots=(*kept, counts[-1]))
