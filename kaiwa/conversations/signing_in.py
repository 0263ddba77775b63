"""A visitor of the shop's chat turns out to be a customer the merchant knows."""

from datetime import datetime

from kaiwa.channels.web_chat import Vouched
from kaiwa.conversations.merge import merge_customers
from kaiwa.customers.customer import learn_name
from kaiwa.customers.identity import Evidence, Identity, link_address, relink, resolve
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.address import Address

SIGNED_IN = Evidence("signed_in", "the shop's own log-in vouched for this", "merchant")


def visitor_identity(session: Session, inbox: Inbox, visitor: str, now: datetime) -> Identity:
    """The visitor's address, known from now on."""
    return resolve(session, inbox.merchant_id, Address(inbox.id, "visitor", visitor), now)


def signed_in_identity(
    session: Session, inbox: Inbox, visitor: str, who: Vouched, now: datetime
) -> Identity:
    """The visitor's address, linked to the customer the merchant vouches for.

    What the visitor said before it signed in becomes part of the customer. By their e-mail address
    the customer's earlier orders are theirs.
    """
    place = inbox.merchant_id
    person = resolve(session, place, Address(inbox.id, "member", who.member), now)
    if person.grade != "signed_in":
        relink(session, person, person.customer_id, SIGNED_IN, now)
    if who.name:
        learn_name(session, place, person.customer_id, who.name)
    if who.email:
        mailbox = Address(inbox.id, "member_email", who.email)
        link_address(session, mailbox, person, SIGNED_IN, now)
    browser = visitor_identity(session, inbox, visitor, now)
    if browser.customer_id == person.customer_id:
        return browser
    if browser.grade == "first_seen":
        pair = (person.customer_id, browser.customer_id)
        merge_customers(session, place, pair, SIGNED_IN, now)
    else:
        relink(session, browser, person.customer_id, SIGNED_IN, now)
    return resolve(session, place, Address(inbox.id, "visitor", visitor), now)
