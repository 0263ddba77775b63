"""A process that sees payments through until it is killed: `python -m tests.faults.pay URL`."""

import asyncio
import sys

from kaiwa.engines.clock import SystemClock
from kaiwa.engines.db import open_database
from kaiwa.engines.http import AiohttpHttp
from kaiwa.engines.queue import Pool, Worker
from kaiwa.engines.secrets import Secrets
from kaiwa.orders.paying import Paying


async def main() -> None:
    db, clock = open_database(sys.argv[1]), SystemClock()
    paying = Paying(db, clock, AiohttpHttp(), Secrets(b"k" * 32), lambda session, fact: None)
    worker = Worker(db, clock, [Pool("orders", 4, {"settle": paying.settle})])
    await worker.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
