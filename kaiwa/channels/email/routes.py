"""The way to an address: open at any time, to all who did not block the shop; free to us."""

from kaiwa.channels.contract import Route, Standing, Thread
from kaiwa.channels.email.headers import is_address
from kaiwa.channels.email.limits import most
from kaiwa.channels.email.parse import readable_id
from kaiwa.vocabulary.content import Text


def routes(standing: Standing) -> list[Route]:
    """One way, in the thread that the customer wrote in last."""
    if standing.blocked_at is not None or not is_address(standing.address.value):
        return []
    return [Route("mail", standing.address.value, thread=_thread(standing))]


def _thread(standing: Standing) -> Thread | None:
    for said in standing.said:
        if isinstance(said.content, Text) and said.content.letter is not None:
            letter = said.content.letter
            last = readable_id(said.external_id)
            known = (*letter.references, *((last,) if last.startswith("<") else ()))
            ids = tuple(dict.fromkeys(known))[-most("references") :]
            return Thread(letter.subject, ids)
    return None
