"""Recommendation: what to show beside a product, in a cart, to somebody; always with a reason."""

from kaiwa.catalog.recommendation.learned import Learned
from kaiwa.catalog.recommendation.reason import Reason
from kaiwa.catalog.recommendation.recommend import (
    WISHES,
    For,
    Knowing,
    Recommendation,
    Wish,
    recommend,
)

__all__ = ["WISHES", "For", "Knowing", "Learned", "Reason", "Recommendation", "Wish", "recommend"]
