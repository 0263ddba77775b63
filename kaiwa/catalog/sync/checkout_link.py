"""Where a cart is paid: in the merchant's store if it sells all of it, else with us."""

from collections.abc import Mapping, Sequence

from kaiwa.catalog.sync.link import external_ids
from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.store import stores
from kaiwa.stores import StoreCart, Wish, store_kind


def checkout_link(
    session: Session,
    merchant_id: int,
    secrets: Secrets,
    wanted: Mapping[int, int],
    own_url: str,
    codes: Sequence[str] = (),
) -> str:
    """The address for so many of each variant; else `own_url`, our hosted checkout."""
    for one in stores(session, merchant_id):
        ids = {variant: str(variant) for variant in wanted}
        if not one.is_here:
            ids = external_ids(session, merchant_id, one.id, list(wanted))
        if set(ids) != set(wanted):
            continue
        wishes = tuple(Wish(ids[variant], count) for variant, count in wanted.items())
        cart = StoreCart(wishes, own_url, tuple(codes))
        link = store_kind(one.kind).checkout_link(cart, one.account(secrets))
        if link is not None:
            return link
    return own_url
