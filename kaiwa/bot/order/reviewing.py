"""A review as a command of the shopper's, for the gate."""

import msgspec

from kaiwa.catalog.review import NewReview, Review, put_review
from kaiwa.engines.db import Session
from kaiwa.orders.command import Command, once


class WriteReview(msgspec.Struct, frozen=True):
    """Pass this review on to the merchant."""

    review: NewReview


def write_review(session: Session, command: Command, request: WriteReview) -> Review:
    """Keep it as waiting for the merchant; once for a command's key."""

    def effect() -> Review:
        return put_review(session, command.merchant_id, request.review, command.at)

    return once(session, command, request, Review, effect)
