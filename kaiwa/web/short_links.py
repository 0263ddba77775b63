"""`/l/{code}`: leads to the address that a message of ours meant, and counts who follows."""

from kaiwa.conversations.short_link import CODE, Caller, Codes, link_of, note_click
from kaiwa.vocabulary.errors import NotFound
from kaiwa.web.context import Context
from kaiwa.web.hosted_ask import Answer, Ask

_LOOKING_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")


class ShortLinkPages:
    """Follows short links."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._codes = Codes(context.secrets)

    async def answer(self, ask: Ask) -> Answer:
        """To the address as it was written; `NotFound` for what is no link or has ended."""
        if ask.method != "GET" or len(ask.parts) != 2 or not CODE.fullmatch(ask.parts[1]):
            raise NotFound("There is no such page.")
        now, code = self._context.clock.now(), ask.parts[1]
        found = await self._context.db.read(lambda s: link_of(s, code, now))
        caller = _caller(ask)
        if not ask.head and not caller.looks_ahead:
            visitor = self._codes.visitor(caller)
            await self._context.db.write(lambda s: note_click(s, found, visitor, now))
        return Answer(302, location=found.url)


def _caller(ask: Ask) -> Caller:
    told = [value for name in _LOOKING_AHEAD if (value := ask.headers.get(name, ""))]
    ahead = next((one for one in told if "prefetch" in one or "preview" in one), "")
    return Caller(ask.client, ask.headers.get("user-agent", "")[:400], ahead)
