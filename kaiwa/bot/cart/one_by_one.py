"""Several things to put in, of which more has to be known: asked about one after the other.

"One in white and one in blue", of a shirt whose size is not told: the size is asked once, and then
both are in the cart. Nothing that was wished for in the same breath is dropped for a question.
"""

from kaiwa.bot.dialogue.state import Frame, Wish
from kaiwa.bot.nlu.slot import Quantity, Slot, kind_of
from kaiwa.bot.request import Request


def wish_of(request: Request) -> Wish:
    """What is kept of a request until its turn comes."""
    return Wish(request.chosen, request.slots, request.question)


def next_wish(done: Frame) -> Request:
    """The request for what was wished for beside what is done.

    What was answered of one colour of a shirt is the answer for the other too.
    """
    wish = done.along[0]
    kinds = {kind_of(one) for one in wish.slots}
    same = bool(wish.product_ids) and wish.product_ids == done.product_ids
    kept: tuple[Slot, ...] = tuple(
        one for one in done.slots if kind_of(one) not in kinds and not isinstance(one, Quantity)
    )
    slots = (*wish.slots, *(kept if same else ()))
    return Request("add_to_cart", slots, chosen=wish.product_ids, how="name", question=wish.words)
