"""Keeps each inbox's message templates as its provider has them: by its list and by its news."""

from datetime import datetime

import structlog

from kaiwa.channels import Ability, channel
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.http import Http, vouched
from kaiwa.engines.queue import Job, NewJob, enqueue, finish
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox, all_inboxes, inbox, note_trouble
from kaiwa.merchants.template import hear_template, take_templates
from kaiwa.vocabulary.errors import Refused, Unreachable
from kaiwa.vocabulary.event import TemplateTold

log = structlog.get_logger()


class KeepingTemplates:
    """The worker's side of templates."""

    def __init__(self, db: Database, http: Http, secrets: Secrets, clock: Clock) -> None:
        self._db = db
        self._http = http
        self._secrets = secrets
        self._clock = clock

    async def plan_templates(self, job: Job) -> None:
        """Plan a look at the templates of every inbox that has them."""

        def plan(session: Session) -> None:
            for box in all_inboxes(session):
                if Ability.TEMPLATES in channel(box.channel).abilities:
                    plan_look(session, box, self._clock.now())
            finish(session, job)

        await self._db.write(plan)

    async def learn_templates(self, job: Job) -> None:
        """Ask for the list and keep it; a provider that does not answer is asked again later."""
        merchant_id, inbox_id = map(int, job.payload.split())
        box = await self._db.read(lambda s: inbox(s, merchant_id, inbox_id))
        try:
            await read_templates(self._db, self._http, self._secrets, (box, self._clock.now()))
        except Unreachable as error:
            log.info("templates_not_read", inbox=box.id, reason=error.message)
        except Refused as error:
            words = error.message
            await self._db.write(lambda s: note_trouble(s, box, words))
        await self._db.write(lambda s: finish(s, job))


async def read_templates(
    db: Database, http: Http, secrets: Secrets, of: tuple[Inbox, datetime]
) -> int:
    """Read the list of an inbox, as of a moment before it is asked for; how many differ.

    `Refused` and `Unreachable` as the channel says.
    """
    box, as_of = of
    account = box.account(secrets)
    listed = await channel(box.channel).templates(account, vouched(http, account.api_base))
    return await db.write(lambda s: take_templates(s, box, listed, as_of))


def plan_look(session: Session, box: Inbox, now: datetime) -> None:
    """Have the inbox's list read soon; once, however often it is asked for meanwhile."""
    payload = f"{box.merchant_id} {box.id}"
    job = NewJob("courtesy", "learn_templates", payload=payload, key=f"templates:{box.id}")
    enqueue(session, job, now)


def take_news(session: Session, box: Inbox, told: TemplateTold, at: datetime, now: datetime) -> str:
    """What a provider tells of a template takes effect; what it leaves open is asked for."""
    if hear_template(session, box, told, at):
        plan_look(session, box, now)
    return "template told"
