"""What the panel may ask of a checkout: one body a call, with its limits."""

from datetime import date
from typing import Annotated, TypeAlias, TypeVar

import msgspec

from kaiwa.orders.checkout_record import Gift
from kaiwa.orders.shipping import Delivery
from kaiwa.vocabulary.errors import Invalid

T = TypeVar("T", bound=msgspec.Struct)
Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Version: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Line: TypeAlias = Annotated[str, msgspec.Meta(max_length=300)]
Code: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]
Words: TypeAlias = Annotated[str, msgspec.Meta(max_length=500)]


class Begin(msgspec.Struct, frozen=True):
    """Go on with the cart's checkout. `after` is one that has ended: what was said is kept."""

    key: str
    after: Id | None = None


class TellAddress(msgspec.Struct, frozen=True):
    """The fields as they were typed; `saved` is the place of a known address among those shown."""

    key: str
    id: Id
    version: Version
    name: Line = ""
    postal_code: Line = ""
    region: Line = ""
    city: Line = ""
    line1: Line = ""
    line2: Line = ""
    country: Line = "JP"
    phone: Line = ""
    email: Line = ""
    saved: Code = ""


class TellDelivery(msgspec.Struct, frozen=True):
    """How and when, and as a gift."""

    key: str
    id: Id
    version: Version
    rate: Id | None = None
    day: date | None = None
    slot: Code | None = None
    wrap: Code | None = None
    message: Words = ""

    @property
    def delivery(self) -> Delivery:
        """When it is wanted."""
        return Delivery(self.day, self.slot or None)

    @property
    def gift(self) -> Gift:
        """How it is wrapped, and the card."""
        return Gift(self.wrap or None, self.message.strip())


class TellPayment(msgspec.Struct, frozen=True):
    """The way to pay; none where there is nothing to pay."""

    key: str
    id: Id
    version: Version
    way: Id | None = None


class PlaceOrder(msgspec.Struct, frozen=True):
    """Buy what this version showed. `instrument` is the provider's token where one is needed."""

    id: Id
    version: Version
    instrument: Annotated[str, msgspec.Meta(max_length=200)] = ""


class LookAgain(msgspec.Struct, frozen=True):
    """Ask the payment company what became of it."""

    id: Id


def decoded(body: bytes, kind: type[T]) -> T:
    """The body as this kind; `Invalid` says what cannot be read."""
    try:
        found = msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"The body cannot be read: {error}") from error
    texts = (getattr(found, name) for name in found.__struct_fields__)
    if any(isinstance(one, str) and "\0" in one for one in texts):
        raise Invalid("A text has no NUL in it.")
    return found
