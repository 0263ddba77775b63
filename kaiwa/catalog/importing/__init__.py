"""Taking a shop's products from a file: what a file tells, and why a row was refused."""

import msgspec

from kaiwa.catalog.product import ProductText
from kaiwa.catalog.stock import Level
from kaiwa.catalog.variant import VariantText


class Shop(msgspec.Struct, frozen=True):
    """What a reader must know of the merchant: the prices' currency, and whether tax is in them."""

    currency: str
    language: str

    @property
    def tax_included(self) -> bool:
        """North American prices are told before tax, all others with it."""
        return self.currency not in ("USD", "CAD")

    @property
    def taxed(self) -> bool:
        """Whether prices carry the consumption tax whose rates are known here: Japan's, in yen.

        What a state or a country elsewhere adds is for the payment page to work out.
        """
        return self.currency == "JPY"


class ToldVariant(msgspec.Struct, frozen=True):
    """A variant and its counted stock, None where the file does not count."""

    text: VariantText
    level: Level | None


class ToldProduct(msgspec.Struct, frozen=True):
    """A product as one file tells it, from which rows; not `complete` when one was refused."""

    line: int
    rows: int
    text: ProductText
    variants: tuple[ToldVariant, ...]
    complete: bool = True


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not taken: its line in the file, and why in words the merchant can act on."""

    line: int
    reason: str


class Refusal(Exception):
    """Why a row cannot be taken; caught where its line is known."""
