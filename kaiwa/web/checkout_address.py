"""The address as a form: read from what was typed, with every mistake under its field."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.orders.address import PostalAddress, checked_address, still_read
from kaiwa.orders.checkout_record import Buyer, Checkout
from kaiwa.orders.postal_code import Place, places_for
from kaiwa.vocabulary.errors import Invalid
from kaiwa.web.hosted_ask import Ask

NEEDED: Final = ("name", "line1", "city", "phone", "email")
IN_JAPAN: Final = ("postal_code", "region")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_LONGEST_EMAIL: Final = 254
TYPED: Final = (*PostalAddress.__struct_fields__, "email", "saved")


class AddressForm(msgspec.Struct, frozen=True):
    """What is in the fields now, and what is wrong with it by field.

    `filled` says what became of a postal code, `places` are the towns to choose from.
    """

    values: dict[str, str]
    wrong: dict[str, str] = {}
    address: PostalAddress | None = None
    buyer: Buyer = Buyer()
    places: tuple[Place, ...] = ()
    filled: str = ""

    @property
    def first_wrong(self) -> str:
        """The field that gets the focus."""
        order = ("name", *IN_JAPAN, "city", "line1", "line2", "phone", "email", "saved")
        return next((name for name in order if name in self.wrong), "")


def as_filled(found: Checkout, country: str) -> AddressForm:
    """The form as it is first shown: with what is known."""
    said = found.body.address
    values = dict.fromkeys(PostalAddress.__struct_fields__, "")
    values |= msgspec.to_builtins(said) if said else {}
    buyer = found.body.buyer
    values |= {"email": buyer.email, "name": values.get("name") or buyer.name}
    values |= {"phone": values.get("phone") or buyer.phone}
    values |= {"country": values.get("country") or country}
    return AddressForm(values)


def as_typed(ask: Ask, found: Checkout, saved: Sequence[PostalAddress]) -> AddressForm:
    """Read the form. With nothing wrong it has an address and a buyer."""
    return read_typed({name: ask.field(name) for name in TYPED}, found, saved)


def read_typed(
    values: dict[str, str], found: Checkout, saved: Sequence[PostalAddress]
) -> AddressForm:
    """Read what is in the fields of `TYPED`; `saved` is the place of a known address."""
    values["country"] = values["country"] or "JP"
    chosen = values["saved"]
    if chosen.isdecimal() and len(chosen) < 3:
        known = dict(enumerate(saved)).get(int(chosen))
        if known is not None:
            values |= msgspec.to_builtins(known)
    wrong = _wrong(values)
    try:
        address = checked_address(
            PostalAddress(**{name: values[name] for name in PostalAddress.__struct_fields__})
        )
    except Invalid as error:
        field = str(error.detail.get("field", "line1"))
        wrong.setdefault(field, "needed" if not values.get(field) else "form")
        return AddressForm(values, wrong)
    if wrong:
        return AddressForm(values, wrong)
    address = still_read(found.body.address, address)
    buyer = msgspec.structs.replace(
        found.body.buyer, name=address.name, email=values["email"], phone=address.phone
    )
    return AddressForm(values, {}, address, buyer)


def completed(form: AddressForm, town: str) -> AddressForm:
    """The form with what its postal code says; of several towns the one numbered `town`."""
    places = tuple(places_for(form.values["postal_code"]))
    if town.isdecimal() and len(town) < 4:
        places = places[int(town) : int(town) + 1]
    if not places:
        return AddressForm(form.values, filled="not_found")
    if len(places) > 1:
        return AddressForm(form.values, places=places, filled="several")
    (place,) = places
    found = {"region": place.prefecture, "city": place.city + place.town}
    if place.street and not form.values["line1"]:
        found["line1"] = place.street
    return AddressForm(form.values | found, filled="filled")


def _wrong(values: dict[str, str]) -> dict[str, str]:
    needed = (*NEEDED, *IN_JAPAN) if values["country"] == "JP" else NEEDED
    wrong = {name: "needed" for name in needed if not values.get(name)}
    email = values["email"]
    if email and (len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email)):
        wrong["email"] = "form"
    return wrong
