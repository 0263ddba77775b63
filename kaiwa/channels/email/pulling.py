"""Pulls a mailbox and settles what is durable, off the loop."""

from datetime import datetime, timedelta
from functools import partial

from kaiwa.channels.contract import Account, Pulled
from kaiwa.channels.email.account import mailbox, poll_minutes
from kaiwa.channels.email.imap import pulled, read_mark, settled
from kaiwa.channels.email.sending import in_thread


async def pull(mark: str, account: Account, now: datetime) -> Pulled:
    """What came since `mark`; nothing when it is not time yet, or nothing is to be pulled."""
    if not account.credentials.get("imap_server", "").strip():
        return Pulled((), mark)
    before = read_mark(mark).at
    if before is not None and now - before < _pause(account):
        return Pulled((), mark)
    return await in_thread(partial(pulled, mailbox(account), mark, now))


async def kept(receipt: str, account: Account) -> None:
    """Mark as read, or move, what is durable."""
    if receipt:
        await in_thread(partial(settled, mailbox(account), receipt))


def _pause(account: Account) -> timedelta:
    # A little less: whoever asks every minute does not ask at the very second.
    return timedelta(minutes=poll_minutes(account)) - timedelta(seconds=20)
