"""model set, show, off, test: the language model of a shop, an optional extra."""

import argparse
import asyncio
import os
import sys
import time
from typing import Any, get_args

import msgspec

from kaiwa.bot.model.budget import Spent, spent
from kaiwa.bot.model.models import day_of
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.engines.llm import ENGINES, Completion, Limits, Message, Schema, open_model
from kaiwa.house import House
from kaiwa.merchants.language_model import (
    ConnectedModel,
    Job,
    ModelTerms,
    NewModel,
    language_model,
    remove_model,
    set_model,
)
from kaiwa.vocabulary.errors import Invalid, NotFound

_SAY = Schema(
    "said",
    {
        "type": "object",
        "properties": {"word": {"type": "string"}},
        "required": ["word"],
        "additionalProperties": False,
    },
)


def add(commands: Commands) -> None:
    """Add the group."""
    group = commands.add_parser("model", help="the shop's language model").add_subparsers()
    one = command(group, "set", _set, "connect a language model, or change it", merchant=True)
    one.add_argument("--engine", choices=ENGINES, help="whose interface it speaks")
    one.add_argument("--model", metavar="NAME", help="as its provider writes it")
    one.add_argument("--base-url", metavar="URL", help="another server; - for the provider's own")
    key = one.add_mutually_exclusive_group()
    key.add_argument("--key-from-env", metavar="NAME", help="the variable that holds the key")
    key.add_argument("--key-stdin", action="store_true", help="read the key from standard input")
    one.add_argument("--jobs", metavar="JOB,…", help=f"of {','.join(get_args(Job))}")
    one.add_argument("--turn-timeout-s", type=float, help="for all its work in a turn")
    one.add_argument("--turn-tokens", type=int)
    one.add_argument("--daily-tokens", type=int)
    one.add_argument(
        "--daily-minor", type=int, help="most a day may cost, minor units; -1: no limit"
    )
    one.add_argument("--price-in", type=int, help="a million tokens told, minor units")
    one.add_argument("--price-out", type=int, help="a million tokens said, minor units")
    one.add_argument("--personal", choices=["yes", "no"], help="whether personal data may leave")
    command(group, "show", _show, "the model, its limits and what it used today", merchant=True)
    command(group, "off", _off, "disconnect it and forget its key", merchant=True)
    command(group, "test", _test, "ask it one word and say how long it took", merchant=True)


def _set(chosen: argparse.Namespace) -> int:
    key = _key(chosen)

    def work(session: Session) -> tuple[ConnectedModel, Spent]:
        shop = the_merchant(session, chosen)
        old = language_model(session, shop.id)
        made = set_model(session, shop.id, _new(chosen, old, key), house.secrets, now)
        return made, spent(session, shop.id, day_of(shop, now))

    with opened(chosen) as house:
        now = house.clock.now()
        _print(*house.db.write_now(work))
    return 0


def _show(chosen: argparse.Namespace) -> int:
    def work(session: Session) -> tuple[ConnectedModel | None, Spent]:
        shop = the_merchant(session, chosen)
        return language_model(session, shop.id), spent(session, shop.id, day_of(shop, now))

    with opened(chosen) as house:
        now = house.clock.now()
        told, today = house.db.read_now(work)
    if told is None:
        print("No language model is connected.")
        return 0
    _print(told, today)
    return 0


def _off(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        house.db.write_now(lambda s: remove_model(s, the_merchant(s, chosen).id))
    print("The language model is disconnected.")
    return 0


def _test(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        told = house.db.read_now(lambda s: language_model(s, the_merchant(s, chosen).id))
        if told is None:
            raise NotFound("No language model is connected. Run: kaiwa model set")
        begun = time.perf_counter()
        answer = asyncio.run(_asked(house, told))
    took_ms = (time.perf_counter() - begun) * 1000
    try:
        msgspec.json.decode(answer.text, type=dict[str, str])
    except msgspec.DecodeError as error:
        raise Invalid(f"It answers, but not in the shape it was asked for: {error}") from error
    usage = answer.usage
    print(
        f"{told.name} answers in {took_ms:.0f} ms ({usage.tokens_in} + {usage.tokens_out} tokens)"
    )
    return 0


async def _asked(house: House, told: ConnectedModel) -> Completion:
    model = open_model(told.account(house.secrets))
    try:
        words = [Message("system", "Answer in JSON."), Message("user", "Say the word: ready")]
        return await model.complete(words, _SAY, Limits(told.terms.turn_timeout_s, 200))
    finally:
        await model.close()


def _key(chosen: argparse.Namespace) -> str | None:
    if chosen.key_stdin:
        key = sys.stdin.readline().strip()
    elif chosen.key_from_env:
        key = os.environ.get(chosen.key_from_env, "").strip()
    else:
        return None
    if not key:
        where = "standard input" if chosen.key_stdin else f"${chosen.key_from_env}"
        raise Invalid(f"There is no key in {where}.")
    return key


def _new(chosen: argparse.Namespace, old: ConnectedModel | None, key: str | None) -> NewModel:
    """What is given, and for the rest what there is."""
    engine = chosen.engine or (old.engine if old else None)
    name = chosen.model or (old.name if old else None)
    if engine is None or name is None:
        raise Invalid("Say which: --engine and --model.")
    base_url = chosen.base_url
    if base_url is None and old is not None and old.engine == engine:
        base_url = old.base_url
    elif base_url in ("-", None):
        base_url = None
    else:
        base_url = base_url.rstrip("/")
    return NewModel(engine, name, base_url, key, _terms(chosen, old.terms if old else ModelTerms()))


def _terms(chosen: argparse.Namespace, old: ModelTerms) -> ModelTerms:
    given: dict[str, Any] = {
        "turn_timeout_s": chosen.turn_timeout_s,
        "turn_tokens": chosen.turn_tokens,
        "daily_tokens": chosen.daily_tokens,
        "price_in_minor": chosen.price_in,
        "price_out_minor": chosen.price_out,
        "jobs": _jobs(chosen.jobs) if chosen.jobs is not None else None,
        "personal": chosen.personal == "yes" if chosen.personal else None,
    }
    changed = {name: value for name, value in given.items() if value is not None}
    if chosen.daily_minor is not None:
        changed["daily_minor"] = None if chosen.daily_minor == -1 else chosen.daily_minor
    return msgspec.structs.replace(old, **changed)


def _jobs(text: str) -> tuple[Job, ...]:
    try:
        return msgspec.convert([one.strip() for one in text.split(",")], tuple[Job, ...])
    except msgspec.ValidationError as error:
        raise Invalid(f"Jobs are {','.join(get_args(Job))}, not {text!r}.") from error


def _print(told: ConnectedModel, today: Spent) -> None:
    terms = told.terms
    print(f"model: {told.engine} {told.name}{f' at {told.base_url}' if told.base_url else ''}")
    print(f"key: {'kept sealed' if told.sealed_key else 'none'}")
    print(
        f"jobs: {', '.join(terms.jobs)}; {terms.turn_timeout_s:g} s and {terms.turn_tokens} tokens"
    )
    cost = "" if terms.daily_minor is None else f" and {terms.daily_minor} minor units"
    print(f"a day: {terms.daily_tokens} tokens{cost}")
    print(f"personal data: {'may leave' if terms.personal else 'is masked'}")
    print(
        f"today ({today.day}): {today.tokens} tokens, {today.cost_micro / 1_000_000:.2f}"
        f" minor units,"
        f" {today.calls} calls: {today.taken} taken, {today.untrue} "
        f"untrue, {today.unusable} unusable,"
        f" {today.unreachable} unreachable; {today.exhausted} refused by the budget"
    )
