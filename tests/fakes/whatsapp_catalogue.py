"""The catalogue of a fake WhatsApp account: which products it has, and what that refuses.

Stricter than Meta, which sends a list when one of its products is there.
"""

from typing import Any


class Catalogue:
    """The products by their retailer ids; empty until a catalogue is connected."""

    def __init__(self) -> None:
        self.products: dict[str, set[str]] = {}
        self.cart = True

    def connect(self, catalogue: str, *skus: str) -> None:
        self.products[catalogue] = set(skus)

    def listed(self) -> dict[str, Any]:
        return {"data": [{"id": own_id} for own_id in self.products]}

    def settings(self) -> dict[str, Any]:
        return {"data": [{"is_cart_enabled": self.cart, "is_catalog_visible": True, "id": "7"}]}

    def refuses(self, body: dict[str, Any]) -> tuple[int, str, str] | None:
        """Number, title and details of the refusal of what shows products."""
        action = body.get("interactive", {}).get("action", {})
        if "catalog_id" not in action:
            return None
        known = self.products.get(action["catalog_id"])
        if known is None:
            return 131009, "Parameter value is not valid", "Catalog not linked to the account"
        if "product_retailer_id" in action:
            wanted = {action["product_retailer_id"]}
        else:
            items = (one for section in action["sections"] for one in section["product_items"])
            wanted = {one["product_retailer_id"] for one in items}
        if wanted - known:
            return 131009, "Parameter value is not valid", "Products not found in FB Catalog"
        return None
