"""What is called by its own name stands before the kinds of goods that are named beside it.

"Is the Dawn Patrol kit ground coffee or beans" asks of the kit, and of no coffee.
"""

from msgspec.structs import replace

from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.request import Request


def by_whole_name(request: Request) -> Request:
    """The question with only the one thing it names, where all else it names are kinds."""
    told = [one for one in request.slots if isinstance(one, Product)]
    if request.act != "product_question" or len(told) < 2:
        return request
    own = {one.ids[0] for one in told if len(one.ids) == 1}
    if len(own) != 1:
        return request
    only = Product((next(iter(own)),))
    others = tuple(one for one in request.slots if not isinstance(one, Product))
    return replace(request, slots=(only, *others))
