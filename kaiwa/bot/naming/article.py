"""An article that a text speaks of: the product, its words, its number and its options."""

import msgspec

from kaiwa.bot.naming.stretches import Span
from kaiwa.bot.nlu.slot import Quantity
from kaiwa.bot.options.said import Told


class Article(msgspec.Struct, frozen=True):
    """A product that is spoken of: the words that are its own, and how many of it.

    `spans` are the places of its name in the `plain` text; none where only an option was said
    of what is in focus. `options` are the values told of it.
    """

    product_id: int
    words: str
    begin: int
    end: int
    count: Quantity | None = None
    spans: tuple[Span, ...] = ()
    options: tuple[Told, ...] = ()
    near: int = 0


class Spoken(msgspec.Struct, frozen=True):
    """The articles of a text in the order said; `rest` is what neither they nor numbers explain.

    `open_ids` are products of which it is open which is meant; then `articles` is not complete,
    and `open_said` is what was said of them, as if the first were meant.
    """

    articles: tuple[Article, ...]
    rest: str
    open_ids: tuple[int, ...] = ()
    open_said: Article | None = None


def is_another(last: Article, now: Article) -> bool:
    """Whether it tells another value of the same option: 白のMと黒のL, "one in 4, one in 6"."""
    told = {one.name: one.slot for one in last.options}
    return any(one.name in told and told[one.name] != one.slot for one in now.options)


def told_on(last: Article, now: Article) -> Article:
    """The article with what a further stretch tells of it."""
    names = {one.name for one in last.options}
    return msgspec.structs.replace(
        last,
        words=f"{last.words} {now.words}".strip(),
        end=now.end,
        count=now.count or last.count,
        spans=tuple(dict.fromkeys((*last.spans, *now.spans))),
        options=(*last.options, *(one for one in now.options if one.name not in names)),
    )
