"""An agent's draft rewritten by the shop's language model, within its budget and its time."""

from typing import Final

from kaiwa.bot.known import Tools
from kaiwa.bot.model.claims.stated import folded
from kaiwa.bot.model.models import Models
from kaiwa.bot.model.phrased import Untrue
from kaiwa.bot.model.rewriting import LONGEST, NamesOf, Rewriting
from kaiwa.bot.nlu.slot import Brand, Product
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.language_model import language_model
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.errors import Invalid, Refused, Unreachable

AGAIN_AFTER_S: Final = 10.0


class Rewriter:
    """One serves a process."""

    def __init__(self, db: Database, models: Models, tools: Tools) -> None:
        self._db = db
        self._models = models
        self._tools = tools

    def is_offered(self, session: Session, merchant_id: int) -> bool:
        """Whether the shop has a model that may write."""
        told = language_model(session, merchant_id)
        return told is not None and "phrase" in told.terms.jobs

    async def rewrite(self, shop: Merchant, wanted: Rewriting) -> str:
        """The draft in that way; nothing is kept.

        `Refused` with reason "untrue" when the model's words say what the draft does not,
        `Unreachable` when there is no answer in time or no budget, `Invalid` for what is too long.
        """
        if not wanted.text.strip():
            raise Invalid("Write something first.", reason="empty")
        if len(wanted.text) > LONGEST:
            raise Invalid(f"At most {LONGEST} characters are rewritten.", reason="rewrite_long")
        known = await self._db.read(lambda s: self._tools.known(s, shop))
        turn = await self._models.turn(shop)

        def names_of(text: str) -> frozenset[str]:
            return frozenset().union(*(_named(one.slot) for one in known.names(folded(text).text)))

        checked: NamesOf = names_of
        try:
            told = None if turn is None else await turn.rewrite(wanted, checked)
        except Untrue as error:
            raise Refused(
                "The result said something that the draft does not.", reason="untrue"
            ) from error
        if told is None:
            raise Unreachable(
                "The language model does not answer, or today's budget is spent.",
                retry_after_s=AGAIN_AFTER_S,
            )
        return told


def _named(slot: object) -> frozenset[str]:
    match slot:
        case Product(ids=ids):
            return frozenset(f"product {one}" for one in ids)
        case Brand(name=name):
            return frozenset({f"brand {name}"})
        case _:
            return frozenset()
