"""The doors of the chat under `/api/widget/{inbox key}/`: one that is not named here does not open.

The page of the web protocol names the same ones, in both languages.
"""

from typing import Final

DOORS: Final = frozenset(
    (method, what)
    for method, names in {
        "GET": "cart checkout checkout/places events history messages product",
        "POST": """session messages files forms wishes cart/put cart/change cart/codes cart/buy
            checkout/begin checkout/address checkout/delivery checkout/payment checkout/order
            checkout/look""",
    }.items()
    for what in names.split()
)
# A socket, for what a browser says and hears while it is open.
LIVE: Final = "live"


def is_door(method: str, what: str) -> bool:
    """Whether the chat has this call."""
    return (method, what) in DOORS
