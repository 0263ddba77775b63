"""doctor, jobs, shell: looking at a server from inside."""

import argparse
import asyncio
import code
import os
from typing import Any

from kaiwa.channels import Ability, channel
from kaiwa.commands.options import Commands, command, opened
from kaiwa.engines.http import AiohttpHttp, vouched
from kaiwa.engines.queue import revive, run_at
from kaiwa.house import House
from kaiwa.merchants.inbox import Inbox, all_inboxes
from kaiwa.vocabulary.errors import KaiwaError, NotFound
from kaiwa.vocabulary.time import from_micros, iso

STATES = {0: "ready", 1: "claimed", 2: "behind", 3: "dead"}


def add(commands: Commands) -> None:
    """Add the group."""
    command(commands, "doctor", _doctor, "check the server and every channel account")
    jobs = command(commands, "jobs", _jobs, "look at the queue")
    jobs.add_argument("--dead", action="store_true", help="show what was given up, with the error")
    jobs.add_argument("--revive", type=int, metavar="ID", help="try a dead job again")
    command(commands, "shell", _shell, "a Python prompt with the house open")


def _doctor(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        troubles = [*_disk(house), *_queue(house), *asyncio.run(_channels(house))]
    for trouble in troubles:
        print(f"- {trouble}")
    print("All is well." if not troubles else f"{len(troubles)} to look at.")
    return 1 if troubles else 0


def _disk(house: House) -> list[str]:
    stat = os.statvfs(house.settings.data)
    free = stat.f_bavail * stat.f_frsize
    return [f"The disk has only {free // 1_000_000} MB left."] if free < 1_000_000_000 else []


def _queue(house: House) -> list[str]:
    troubles = []
    for _, kind, state, count, due, _ in house.db.read_now(run_at):
        if state == 3:
            troubles.append(f"{count} {kind} jobs were given up (kaiwa jobs --dead).")
        elif state == 0 and due and from_micros(due) < house.clock.now().replace(microsecond=0):
            late_s = (house.clock.now() - from_micros(due)).total_seconds()
            if late_s > 300:
                troubles.append(f"{count} {kind} jobs wait since {late_s:.0f} s: does it run?")
    return troubles


async def _channels(house: House) -> list[str]:
    http = AiohttpHttp()
    try:
        boxes = await house.db.read(all_inboxes)
        return [trouble for box in boxes for trouble in await _health(house, box, http)]
    finally:
        await http.close()


async def _health(house: House, box: Inbox, http: AiohttpHttp) -> list[str]:
    kind = channel(box.channel)
    if Ability.HEALTH not in kind.abilities:
        return []
    try:
        account = box.account(house.secrets, house.settings.public_url)
        found = await kind.health(account, vouched(http, account.api_base))
    except KaiwaError as error:
        found = [error.message]
    return [f"inbox {box.id} ({kind.name}): {trouble}" for trouble in found]


def _jobs(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        if chosen.revive is not None:
            if not house.db.write_now(lambda s: revive(s, chosen.revive)):
                raise NotFound(f"Job {chosen.revive} is not a dead job.")
            print(f"Job {chosen.revive} will be tried again.")
            return 0
        if chosen.dead:
            _print_dead(house)
            return 0
        for pool, kind, state, count, due, attempts in house.db.read_now(run_at):
            when = "" if not due else f"  first due {iso(from_micros(due))}"
            print(f"{pool:10} {kind:16} {STATES[state]:8} {count:8}  tries {attempts}{when}")
    return 0


def _print_dead(house: House) -> None:
    rows: list[Any] = house.db.read_now(
        lambda s: s.all(
            "SELECT id, kind, payload, error FROM job WHERE state = 3 ORDER BY id DESC LIMIT 100"
        )
    )
    for job_id, kind, payload, error in rows:
        print(f"{job_id} {kind} [{payload}]: {error}")


def _shell(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        banner = "house.db.read_now(lambda s: s.all('SELECT …')); house.db.write_now(…)"
        code.interact(banner=banner, local={"house": house, "db": house.db})
    return 0
