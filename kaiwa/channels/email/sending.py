"""Sends a wire: fetches the files that go with it, composes the mail, hands it over in a thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeVar

import msgspec

from kaiwa.channels.contract import Account, SendOutcome, Wire
from kaiwa.channels.email.account import mailbox
from kaiwa.channels.email.composing import FileSent, Letter, composed, letter_of, message_id
from kaiwa.channels.email.limits import most
from kaiwa.channels.email.page import link
from kaiwa.channels.email.smtp import deliver
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused

_Told = TypeVar("_Told")
# Mail servers are slow: they get threads of their own, so that nothing else waits for them.
_THREADS: Final = ThreadPoolExecutor(16, thread_name_prefix="mail")


async def in_thread(work: Callable[[], _Told]) -> _Told:
    """What blocks on a mail server, off the loop."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


async def send(wire: Wire, account: Account, http: Http, *, retry_key: str) -> SendOutcome:
    """One mail. Its id is the retry key's, so a second try is known for what it is."""
    letter, box = letter_of(wire), mailbox(account)
    files, missing = await _fetched(letter, http)
    if missing:
        letter = _with_links(letter, missing)
    mail = composed(letter, box, retry_key, datetime.now(UTC), files)
    if len(mail) > most("mail_out"):
        raise Refused(f"The mail is over {most('mail_out')} bytes.", reason="invalid")
    await in_thread(partial(deliver, box, letter.to, mail, retry_key))
    return SendOutcome((message_id(retry_key, box),))


async def _fetched(
    letter: Letter, http: Http
) -> tuple[list[tuple[FileSent, bytes]], list[FileSent]]:
    """The files with their bytes, and those that can only be linked to."""
    found: list[tuple[FileSent, bytes]] = []
    missing: list[FileSent] = []
    room = most("attached_out")
    for file in letter.files:
        answer = await http.call("GET", file.url)
        if answer.status == 200 and len(answer.body) <= room:
            found.append((file, answer.body))
            room -= len(answer.body)
        else:
            missing.append(file)
    return found, missing


def _with_links(letter: Letter, missing: list[FileSent]) -> Letter:
    """What cannot go with the mail is linked to, in both its forms."""
    lines = "\n".join(f"📎 {file.name}: {file.url}" for file in missing)
    links = "".join(f"<div>📎 {link(file.name, file.url)}</div>" for file in missing)
    html = letter.html.replace("</body>", f"{links}</body>")
    return msgspec.structs.replace(letter, text=f"{letter.text}\n\n{lines}", html=html, files=())
