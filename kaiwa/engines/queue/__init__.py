"""Durable work: jobs and timers in the same database as what they are about.

A job is enqueued in the transaction that needs it, so a message and the work it causes commit or
vanish together. A worker claims it, acts, and finishes it in the transaction that records the
effect. Jobs of one `lane` run one at a time in the order they were enqueued. A claimed job
belongs to its owner until the owner is dead or the lease has run out; then somebody else gets it,
and the first one's late finish is refused (fencing on `attempts`). So every job runs at least once
and its recorded effects happen exactly once.
"""

from kaiwa.engines.queue.job import (
    Claim,
    Job,
    LostLease,
    NewJob,
    bury,
    cancel,
    claim,
    enqueue,
    finish,
    hold_lanes,
    is_held,
    postpone,
    reclaim,
    require_held,
    retry,
    revive,
    run_at,
)
from kaiwa.engines.queue.recorded import recorded
from kaiwa.engines.queue.schedule import Cron
from kaiwa.engines.queue.worker import Handler, Pool, Worker

__all__ = [
    "Claim",
    "Cron",
    "Handler",
    "Job",
    "LostLease",
    "NewJob",
    "Pool",
    "Worker",
    "bury",
    "cancel",
    "claim",
    "enqueue",
    "finish",
    "hold_lanes",
    "is_held",
    "postpone",
    "reclaim",
    "recorded",
    "require_held",
    "retry",
    "revive",
    "run_at",
]
