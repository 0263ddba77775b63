"""The first words the widget shows before anybody has said anything."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import QuickReplies, Reply, TextBlock
from kaiwa.web.shapes import Json

Greeting: TypeAlias = Callable[[Merchant, Language], Awaitable[Reply]]


class Openings:
    """Greeting and quick replies, from the bot."""

    def __init__(self, greeting: Greeting) -> None:
        self._greeting = greeting

    async def of(self, shop: Merchant, language: Language) -> Json:
        """The `greeting` and `quick_replies` of a session."""
        reply = await self._greeting(shop, language)
        texts = [block.text for block in reply.blocks if isinstance(block, TextBlock)]
        offers = [
            getattr(action, "text", "") or action.label
            for block in reply.blocks
            if isinstance(block, QuickReplies)
            for action in block.actions
        ]
        own = shop.settings.quick_replies.get(language)
        return {"greeting": "\n".join(texts), "quick_replies": own or offers}
