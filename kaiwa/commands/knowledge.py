"""import articles and phrases; faq, article, phrase: what the shop wrote, listed and removed."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from kaiwa.bot.nlu.act import ACTS
from kaiwa.commands.options import Commands, command, group, opened, the_merchant
from kaiwa.engines.db import Session
from kaiwa.knowledge.article import Article, articles, put_articles, remove_article
from kaiwa.knowledge.article_folder import read_articles
from kaiwa.knowledge.entries import entries, remove_entry
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.phrase import Phrase, phrases, put_phrases, remove_phrase
from kaiwa.knowledge.phrase_file import read_phrases
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.time import iso

Kept: TypeAlias = FaqEntry | Article | Phrase
Listed: TypeAlias = Callable[[Session, int], list[Any]]
Remove: TypeAlias = Callable[[Session, int, int], None]

KINDS: tuple[tuple[str, str, Listed, Remove], ...] = (
    ("faq", "FAQ entries", entries, remove_entry),
    ("article", "articles", articles, remove_article),
    ("phrase", "the shop's own phrases for acts", phrases, remove_phrase),
)


def add(commands: Commands) -> None:
    """Add the groups."""
    imports = group(commands, "import", "take data in")
    texts = command(imports, "articles", _import_articles, "Markdown texts", merchant=True)
    texts.add_argument("file", type=Path, help="a Markdown file, or a folder of them")
    said = command(imports, "phrases", _import_phrases, "what shoppers say", merchant=True)
    said.add_argument("file", type=Path, help="text,act,language")
    for name, words, listed, remove in KINDS:
        one = group(commands, name, words)
        show = command(one, "list", _list, f"all {words}", merchant=True)
        show.add_argument("--json", action="store_true", help="one JSON object a line")
        show.set_defaults(listed=listed)
        gone = command(one, "remove", _remove, f"forget one of the {words}", merchant=True)
        gone.add_argument("id", type=int, help=f"as `kaiwa {name} list` prints it")
        gone.set_defaults(remove=remove)


def _import_articles(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        owner = house.db.read_now(lambda s: the_merchant(s, chosen))
        report = read_articles(chosen.file, owner.language)
        now = house.clock.now()
        done = house.db.write_now(lambda s: put_articles(s, owner.id, report.taken, now))
    print(
        f"taken: {len(report.taken)} ({done.fresh} new, {done.changed} changed), "
        f"refused: {len(report.refused)}"
    )
    for file in report.refused:
        sys.stderr.write(f"{file.source}: {file.reason}\n")
    return 1 if report.refused and not report.taken else 0


def _import_phrases(chosen: argparse.Namespace) -> int:
    try:
        data = chosen.file.read_bytes()
    except OSError as error:
        raise NotFound(f"{chosen.file} cannot be read: {error.strerror}.") from error
    report = read_phrases(data, ACTS)

    def keep(session: Session) -> int:
        shop = the_merchant(session, chosen).id
        before = len(phrases(session, shop))
        put_phrases(session, shop, report.taken, now)
        return len(phrases(session, shop)) - before

    with opened(chosen) as house:
        now = house.clock.now()
        fresh = house.db.write_now(keep)
    print(f"taken: {len(report.taken)} ({fresh} new), refused: {len(report.refused)}")
    for row in report.refused:
        sys.stderr.write(f"line {row.line}: {row.reason}\n")
    return 1 if report.refused and not report.taken else 0


def _list(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        found = house.db.read_now(lambda s: chosen.listed(s, the_merchant(s, chosen).id))
    for one in found:
        if chosen.json:
            sys.stdout.buffer.write(msgspec.json.encode(_shape(one)) + b"\n")
        else:
            print(_line(one))
    return 0


def _remove(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        house.db.write_now(lambda s: chosen.remove(s, the_merchant(s, chosen).id, chosen.id))
    print(f"removed: {chosen.id}")
    return 0


def _line(one: Kept) -> str:
    if isinstance(one, FaqEntry):
        return f"{one.id} {one.language} {_flat(one.question)}"
    if isinstance(one, Article):
        return f"{one.id} {one.language} {_flat(one.title)} ({one.source}, version {one.version})"
    return f"{one.id} {one.language} {one.act} {_flat(one.text)}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shape(one: Kept) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(one)
    if isinstance(one, Article):
        return told | {"updated_at": iso(one.updated_at), "body": one.body}
    told.pop("updated_at", None)
    return told
