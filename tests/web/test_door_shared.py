"""An app of Meta's has one webhook for all its Pages: each inbox takes what is about its own."""

import pytest
import structlog

from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, NewInbox, add_inbox
from tests.fakes.meta_samples import USER, account
from tests.fakes.meta_webhooks import PAGE_ID, MetaWebhooks
from tests.web.doors import NOW, Doors

META = MetaWebhooks("s3cret", now_s=NOW.timestamp)


@pytest.fixture
def inbox(doors: Doors) -> Inbox:
    new = NewInbox("messenger", credentials=account("messenger").credentials)
    return doors.db.write_now(lambda s: add_inbox(s, 1, new, Secrets(bytes(range(32))), NOW))


async def test_of_a_call_about_two_pages_only_ours_is_kept(doors: Doors, inbox: Inbox) -> None:
    path = f"/webhooks/messenger/{inbox.key}"
    theirs = {"id": "999", "messaging": [META.text("よそ", "8"), META.text("よそ", "9")]}
    ours = {"id": PAGE_ID, "messaging": [META.text("うち", USER)]}
    with structlog.testing.capture_logs() as told:
        for entries, kept in (((theirs,), 0), ((theirs, ours), 1), ((ours,), 1)):
            body, headers = META.call(*entries)
            assert (await doors.webhook(body, headers, path)).status == 200
            assert doors.count("inbound_event") == kept
    # Whoever gave the number of another Page finds out why nothing comes.
    assert [(one["event"], one["inbox"]) for one in told] == [("webhook_for_others", inbox.id)]
    (row,) = doors.db.read_now(lambda s: s.all("SELECT body FROM inbound_event"))
    assert "うち".encode() in bytes(row[0])
