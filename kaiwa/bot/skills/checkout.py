"""Takes the cart to the page where it is paid: what is bought, the total so far, and the link."""

from kaiwa.bot.cart.shown import cart_blocks
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.orders.checkout import CheckoutView, OpenCheckout, UpdateCheckout
from kaiwa.orders.checkout_record import Buyer
from kaiwa.orders.hosted_link import continue_url
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import PaymentRequest, Receipt


def _serve(case: Case) -> Outcome:
    cart = case.shop.cart
    if cart is None or not cart.lines:
        return Outcome(said(case.say("buying.empty_checkout")))
    who = case.shop.person
    try:
        opened: CheckoutView = case.shop.do(OpenCheckout(cart.id, who.customer_id))
    except Conflict:
        return Outcome((*said(case.say("buying.nothing_left")), *cart_blocks(case, cart)))
    shown: CheckoutView = case.shop.do(_told(case, opened))
    url = continue_url(case.shop.tools.origin, shown.checkout.key)
    total = Money(shown.totals.total_minor, cart.currency)
    title = case.say("buying.go_on")
    request = PaymentRequest(
        title=title, total=total, url=url, alt_text=f"{title} {total.label()} {url}", speech=title
    )
    text = case.say("buying.checkout", total=total.label())
    lines = [one for one in cart_blocks(case, cart) if isinstance(one, Receipt)]
    return Outcome((*lines, *said(text), request))


def _told(case: Case, opened: CheckoutView) -> UpdateCheckout:
    """Who buys, as far as it is known: nobody types twice what the shop has on record."""
    who, known = case.shop.person, opened.checkout.body.buyer
    email = known.email or (who.emails[0] if who.emails else "")
    buyer = Buyer(
        name=known.name or who.name, email=email, phone=known.phone, language=case.language
    )
    return UpdateCheckout(opened.checkout.id, buyer=buyer)


SKILL = Skill("checkout", ("checkout",), _serve)
