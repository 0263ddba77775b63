"""evaluate: play transcripts against the bot and tell what was not as it should be."""

import argparse
import html
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec

from kaiwa.bot.evaluation.judging import Outcome, broken
from kaiwa.bot.evaluation.transcript import Dialogue, Said, dialogues
from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.skills.registry import skills
from kaiwa.commands.options import Commands, command, opened, the_merchant
from kaiwa.commands.rehearsal import Line, Rehearsal, rehearsed
from kaiwa.engines.db import Session
from kaiwa.knowledge.regression import regressions
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.reply import visible


class Played(msgspec.Struct, frozen=True):
    """A turn as it went."""

    said: str
    replies: tuple[str, ...]
    acts: tuple[str, ...]
    skill: str
    missed: tuple[str, ...]
    took_ms: float


class Result(msgspec.Struct, frozen=True):
    """A dialogue as it went."""

    file: str
    title: str
    turns: tuple[Played, ...]

    @property
    def is_right(self) -> bool:
        """Whether every turn was as expected."""
        return not any(one.missed for one in self.turns)


def add(commands: Commands) -> None:
    """Add the command."""
    text = "play transcripts with expectations against the bot"
    one = command(commands, "evaluate", _evaluate, text, merchant=True)
    one.add_argument("dialogues", type=Path, help="a .md or .jsonl file, or a folder of them")
    one.add_argument("--json", action="store_true", help="one JSON line a dialogue")
    one.add_argument("--report", type=Path, help="write a page with every dialogue")
    one.add_argument("--quiet", action="store_true", help="only the numbers")


def _evaluate(chosen: argparse.Namespace) -> int:
    wanted = dialogues(chosen.dialogues)
    if not wanted:
        raise Invalid(f"There is no dialogue in {chosen.dialogues}.")
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        wanted += house.db.read_now(lambda s: taught(s, shop.id))
        results = rehearsed(house, shop, lambda talk: [_play(talk, one) for one in wanted])
    for one in results:
        if chosen.json:
            sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")
        elif not chosen.quiet and not one.is_right:
            _tell(one)
    if chosen.report:
        chosen.report.write_text(page(results), "utf-8")
    if not chosen.json:
        print(summary(results))
    return 0 if all(one.is_right for one in results) else 1


def taught(session: Session, merchant_id: int) -> list[Dialogue]:
    """What was once missed and must be understood since (`kaiwa answer`), a dialogue each."""
    found = []
    for one in regressions(session, merchant_id):
        expected = [("acts", one.act)]
        if one.question is not None:
            expected.append(("faq", one.question))
        said = (Said(one.text, tuple(expected)),)
        found.append(Dialogue(f"{one.id} {one.text}", said, "taught"))
    return found


def _play(talk: Rehearsal, one: Dialogue) -> Result:
    played = []
    for said in one.said:
        line = Line(f"{one.file}: {one.title}", said.text, one.email, one.name, one.at)
        begun = time.perf_counter()
        answer = talk.turn(line)
        took_ms = (time.perf_counter() - begun) * 1000
        missed = broken(said.expected, Outcome(answer, tuple(talk.cart(line))))
        texts = tuple(visible(answer.reply.blocks))
        played.append(Played(said.text, texts, answer.acts, answer.skill, tuple(missed), took_ms))
    talk.begin_anew()
    return Result(one.file, one.title, tuple(played))


def _tell(result: Result) -> None:
    print(f"\n{result.file}: {result.title}")
    for turn in result.turns:
        print(f"  {'✗' if turn.missed else '✓'} {turn.said}")
        if turn.missed:
            print(f"      {' | '.join(turn.replies)[:200]}")
            for missed in turn.missed:
                print(f"      expected {missed}")


def summary(results: list[Result]) -> str:
    """How many turns and dialogues were right, what they covered, and how long a turn took."""
    turns = [turn for one in results for turn in one.turns]
    right = sum(not turn.missed for turn in turns)
    whole = sum(one.is_right for one in results)
    times = sorted(turn.took_ms for turn in turns)
    seen = {act for turn in turns for act in turn.acts}
    used = Counter(turn.skill for turn in turns)
    unseen = [act for act in ACTS if act not in seen]
    idle = [name for name in skills() if name not in used]
    return "\n".join(
        (
            f"turns      {right} of {len(turns)} right ({right / len(turns):.1%})",
            f"dialogues  {whole} of {len(results)} right ({whole / len(results):.1%})",
            f"acts       {len(seen)} seen; not seen: {', '.join(unseen) or 'none'}",
            f"skills     {len(used)} used; not used: {', '.join(idle) or 'none'}",
            f"time       p50 {times[len(times) // 2]:.1f} ms, "
            f"p99 {times[len(times) * 99 // 100]:.1f} ms a turn",
        )
    )


def page(results: list[Result]) -> str:
    """A page to read: every dialogue, with what was not as expected."""
    parts = [_section(one) for one in results]
    told = html.escape(summary(results))
    return (
        "<!doctype html><meta charset=utf-8><title>Evaluation</title>"
        "<style>body{font:16px/1.6 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "li.no{background:#fdecea}small{color:#555}</style>"
        f"<h1>Evaluation</h1><pre>{told}</pre>{''.join(parts)}"
    )


def _section(result: Result) -> str:
    rows = []
    for turn in result.turns:
        missed = "".join(f"<br><b>expected {html.escape(one)}</b>" for one in turn.missed)
        reply = html.escape(" / ".join(turn.replies))
        acts = html.escape(", ".join(turn.acts))
        rows.append(
            f"<li class={'no' if turn.missed else 'ok'}>{html.escape(turn.said)}"
            f"<br><small>{acts}</small><br>{reply}{missed}</li>"
        )
    return f"<h2>{html.escape(f'{result.file}: {result.title}')}</h2><ol>{''.join(rows)}</ol>"
