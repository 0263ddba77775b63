"""shoppers: scripted shoppers try the bot on this shop's own catalog and FAQ."""

import argparse
import html
import random
import sys
from collections import Counter
from pathlib import Path
from typing import get_args

import msgspec

from kaiwa.bot.evaluation.shoppers.goal import KINDS, Goal, Kind, Stock, draw
from kaiwa.bot.evaluation.shoppers.shopper import MOODS, Mood, Shopper
from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.skills.registry import skills
from kaiwa.catalog.offer import offers
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.commands.rehearsal import Line, Rehearsal, rehearsed
from kaiwa.engines.db import Session
from kaiwa.knowledge.entries import entries
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.reply import visible

MOST_VARIANTS = 1_000
MOST_TALKS = 10_000


class Talk(msgspec.Struct, frozen=True):
    """A talk as it went: `lines` are what was said and answered, in turn."""

    kind: Kind
    mood: Mood
    language: Language
    reached: bool
    wrong: str
    lines: tuple[tuple[str, str], ...]
    acts: tuple[str, ...]
    skills: tuple[str, ...]


def add(commands: Commands) -> None:
    """Add the command."""
    words = "let scripted shoppers with goals and moods try the bot; nothing of it stays"
    one = command(commands, "shoppers", _shoppers, words, merchant=True)
    one.add_argument("--talks", type=int, default=100, metavar="N", help="how many (100)")
    one.add_argument("--seed", type=int, default=1, help="another number, other shoppers (1)")
    one.add_argument("--language", choices=LANGUAGES, help="of the shoppers (the shop's)")
    one.add_argument("--goal", choices=KINDS, help="only shoppers who want this")
    one.add_argument("--mood", choices=MOODS, help="only shoppers of this mood")
    one.add_argument("--json", action="store_true", help="one JSON line a talk")
    one.add_argument("--report", type=Path, metavar="FILE", help="write a page with every talk")


def _shoppers(chosen: argparse.Namespace) -> int:
    if not 1 <= chosen.talks <= MOST_TALKS:
        raise Invalid(f"--talks is 1 to {MOST_TALKS}.")
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        stock = house.db.read_now(lambda s: _stock(s, shop.id))
        language: Language = chosen.language or shop.language
        crowd = _crowd(stock, language, chosen)
        if not crowd:
            raise Invalid("There is nothing to want here yet: import products or an FAQ.")
        talks = rehearsed(house, shop, lambda rehearsal: [_talk(rehearsal, *one) for one in crowd])
    for one in talks:
        if chosen.json:
            sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")
    if chosen.report:
        chosen.report.write_text(page(talks), "utf-8")
    if not chosen.json:
        print(summary(talks))
    return 0


def _stock(session: Session, merchant_id: int) -> Stock:
    """Variants over the whole catalog, evenly, so that a large shop is not one shelf of it."""
    rows = session.all(
        """SELECT v.id FROM variant v JOIN product p ON p.id = v.product_id
        WHERE v.merchant_id = :merchant_id AND v.retired_at IS NULL AND p.status = 'active'
        ORDER BY v.id""",
        merchant_id=merchant_id,
    )
    ids = [int(row[0]) for row in rows]
    step = -(-len(ids) // MOST_VARIANTS) or 1
    found = offers(session, merchant_id, ids[::step])
    return Stock(tuple(found[one] for one in sorted(found)), tuple(entries(session, merchant_id)))


def _crowd(
    stock: Stock, language: Language, chosen: argparse.Namespace
) -> list[tuple[Shopper, Language]]:
    dice = random.Random(chosen.seed)
    kinds = [chosen.goal] if chosen.goal else list(get_args(Kind))
    crowd = []
    for number in range(chosen.talks):
        goal: Goal | None = draw(stock, kinds[number % len(kinds)], language, dice)
        mood: Mood = chosen.mood or MOODS[number // len(kinds) % len(MOODS)]
        if goal is not None:
            shopper = Shopper(goal, mood, language, f"{chosen.seed}:{number}")
            crowd.append((shopper, language))
    return crowd


def _talk(rehearsal: Rehearsal, shopper: Shopper, language: Language) -> Talk:
    lines: list[tuple[str, str]] = []
    acts: list[str] = []
    used: list[str] = []
    say: str | None = shopper.opening()
    while say is not None:
        line = Line("shopper", say)
        answer = rehearsal.turn(line)
        cart = tuple(rehearsal.cart(line))
        lines.append((say, " / ".join(visible(answer.reply.blocks))))
        acts += answer.acts
        used.append(answer.skill)
        verdict = shopper.verdict(answer, cart)
        say = shopper.answers(answer, cart)
    rehearsal.begin_anew()
    told = (shopper.goal.kind, shopper.mood, language, verdict.reached, verdict.wrong)
    return Talk(*told, tuple(lines), tuple(acts), tuple(used))


def summary(talks: list[Talk]) -> str:
    """How many reached their goal, by goal and mood, and what of the bot they saw."""
    acts = {act for one in talks for act in one.acts}
    used = {name for one in talks for name in one.skills}
    wrong = [one for one in talks if one.wrong]
    rows = [
        f"talks      {sum(one.reached for one in talks)} of {len(talks)} reached their goal "
        f"({sum(one.reached for one in talks) / len(talks):.1%}), "
        f"{sum(len(one.lines) for one in talks) / len(talks):.1f} lines each",
        f"wrong      {len(wrong)}{''.join(f'; {one.wrong}' for one in wrong[:3])}",
    ]
    for name in ("kind", "mood"):
        every = Counter(getattr(one, name) for one in talks)
        right = Counter(getattr(one, name) for one in talks if one.reached)
        rows += [f"  {one:<9}{right[one]:4} of {count}" for one, count in every.items()]
    rows += [
        f"acts       {len(acts)} seen of {len(ACTS)}",
        f"skills     {len(used)} used of {len(skills())}",
    ]
    return "\n".join(rows)


def page(talks: list[Talk]) -> str:
    """A page to read: those that did not reach their goal first."""
    parts = [_section(one) for one in sorted(talks, key=lambda one: (one.reached, not one.wrong))]
    return (
        "<!doctype html><meta charset=utf-8><title>Shoppers</title>"
        "<style>body{font:16px/1.6 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "section{border-left:4px solid #2e7d32;padding-left:1rem}"
        "section.no{border-color:#c62828}small{color:#555}</style>"
        f"<h1>Shoppers</h1><pre>{html.escape(summary(talks))}</pre>{''.join(parts)}"
    )


def _section(one: Talk) -> str:
    rows = "".join(
        f"<li>{html.escape(said)}<br><small>{html.escape(replied)}</small></li>"
        for said, replied in one.lines
    )
    why = f" {one.wrong}" if one.wrong else ""
    head = html.escape(f"{one.kind}, {one.mood}, {one.language}{why}")
    return (
        f"<section class={'ok' if one.reached else 'no'}><h2>{head}</h2><ol>{rows}</ol></section>"
    )
