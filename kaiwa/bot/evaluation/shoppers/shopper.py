"""Somebody with a goal and a mood, who talks until it is reached or given up.

What is said is chosen by a seed alone: the same shopper hears the same answers and says the same.
"""

import json
import random
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias, get_args

import msgspec

from kaiwa.bot.evaluation.shoppers.goal import Goal
from kaiwa.bot.turn import Answer
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Block, Carousel, ProductCard, visible

Mood: TypeAlias = Literal["polite", "casual", "hurried", "careless"]
MOODS: Final[tuple[Mood, ...]] = get_args(Mood)
PATIENCE: Final[dict[Mood, int]] = {"polite": 9, "casual": 7, "hurried": 5, "careless": 8}
Cart: TypeAlias = tuple[tuple[str, int], ...]


class Verdict(msgspec.Struct, frozen=True):
    """How a talk ended. `wrong` is worse than not reached: something unwanted was done or shown."""

    reached: bool
    wrong: str = ""


class Shopper:
    """One talk's shopper."""

    def __init__(self, goal: Goal, mood: Mood, language: Language, seed: str) -> None:
        self.goal = goal
        self.mood = mood
        self._language = language
        self._dice = random.Random(seed)
        self._said = 0
        self._steps = _STEPS[goal.kind]
        self._at = 0
        self._lost = 0

    def opening(self) -> str:
        """The first thing said."""
        return self._next()

    def answers(self, answer: Answer, cart: Cart) -> str | None:
        """What is said next; None when the goal is reached, missed for good, or patience ends."""
        goal, done = self.goal, self.verdict(answer, cart)
        if done.reached or done.wrong or self._said >= PATIENCE[self.mood]:
            return None
        if self._lost >= 2:
            return None
        if answer.asks_for:
            return self._told(answer.asks_for)
        if self._at < len(self._steps) and self._came(answer, cart):
            return self._next()
        self._lost += 1
        if self._lost > 1:
            return self._line("fed_up")
        there = dict(cart).get(goal.cart[0][0], 0) if goal.cart else 0
        if there and there != self._count:
            return self._line("more")
        return self._line("again") if goal.name else self._line("fed_up")

    def verdict(self, answer: Answer, cart: Cart) -> Verdict:
        """Whether the goal is reached by now, and what went wrong if anything did."""
        goal = self.goal
        if stray := _stray(goal, cart):
            return Verdict(reached=False, wrong=f"in the cart: {stray}")
        match goal.kind:
            case "buy" | "change":
                return Verdict(self._at >= len(self._steps) and _same(cart, goal.cart))
            case "give_up":
                return Verdict(self._at >= len(self._steps) and _same(cart, ()))
            case "budget":
                return _within(goal, answer)
            case "matter":
                return Verdict(answer.answered and _folded(goal.wanted) in _read(answer))
            case "restock":
                return Verdict("restock_alert" in answer.acts and not answer.asks_for)
            case "faq":
                return Verdict(goal.wanted in answer.faq)
            case "person":
                return Verdict(answer.handoff is not None)

    def _next(self) -> str:
        step = self._steps[self._at]
        self._at += 1
        return self._line(step)

    def _came(self, answer: Answer, cart: Cart) -> bool:
        """Whether the answer to the last step lets the next one be said."""
        if self._steps[self._at - 1] == "ask_for":
            return self.goal.handle in answer.products
        return _same(cart, ((self.goal.cart[0][0], self._count),)) if self.goal.cart else True

    @property
    def _count(self) -> int:
        """How many there should be in the cart by now."""
        return self.goal.then if self._steps[self._at - 1] == "more" else self.goal.count

    def _told(self, asks: tuple[str, ...]) -> str:
        if "quantity" in asks:
            return self._line("count")
        if "choice" in asks or not self.goal.options:
            return self._line("again") if self.goal.name else self._line("yes")
        return self._line("options")

    def _line(self, step: str) -> str:
        self._said += 1
        goal = self.goal
        form = self._dice.choice(_words(self._language)[self.mood][step])
        between = "の" if self._language == "ja" else " "
        options = between.join(goal.options)
        if options and step in _JOINED:
            options = f"{options}{_JOINED[step]}" if self._language == "ja" else f"in {options}"
        said = form.format(
            name=goal.name,
            options=options,
            count=self._count,
            category=goal.category,
            price=goal.price,
            matter=goal.matter,
            question=goal.matter,
        )
        said = re.sub(r" +", " ", said).strip()
        return self._slipped(said) if self.mood == "careless" else said

    def _slipped(self, said: str) -> str:
        """One slip of the finger, where there is a word long enough to bear it."""
        long = [found for found in re.finditer(r"[a-z]{6,}", said) if "{" not in found[0]]
        if self._language == "ja" or not long:
            return said
        found = self._dice.choice(long)
        at = self._dice.randrange(found.start() + 1, found.end() - 2)
        return said[:at] + said[at + 1] + said[at] + said[at + 2 :]


_JOINED: Final = {"take": "を", "restock": "が"}
_STEPS: Final[dict[str, tuple[str, ...]]] = {
    "buy": ("ask_for", "take"),
    "change": ("ask_for", "take", "more"),
    "give_up": ("ask_for", "take", "drop"),
    "budget": ("budget",),
    "matter": ("matter",),
    "restock": ("ask_for", "restock"),
    "faq": ("faq",),
    "person": ("person",),
}


@cache
def _words(language: Language) -> dict[Mood, dict[str, list[str]]]:
    text = (files(__package__) / f"{language}.json").read_text("utf-8")
    told: dict[Mood, dict[str, list[str]]] = json.loads(text)
    return told


def _stray(goal: Goal, cart: Cart) -> str:
    """What is in the cart that nobody wanted."""
    wanted = {sku for sku, _ in goal.cart}
    return ", ".join(f"{sku} x{count}" for sku, count in cart if count and sku not in wanted)


def _same(cart: Cart, wanted: Cart) -> bool:
    return {sku: n for sku, n in cart if n} == dict(wanted)


def _within(goal: Goal, answer: Answer) -> Verdict:
    """Products within the budget; a dearer one is wrong unless the bot says that it relaxed."""
    cards = [one for block in answer.reply.blocks for one in _cards(block)]
    prices = [one.price.amount_minor for one in cards if one.price is not None]
    if not prices:
        return Verdict(reached=False)
    if all(price <= goal.price_minor for price in prices):
        return Verdict(reached=True)
    relaxed = any(not isinstance(block, Carousel | ProductCard) for block in answer.reply.blocks)
    dear = max(prices)
    return Verdict(reached=False, wrong="" if relaxed else f"{dear} is over {goal.price_minor}")


def _cards(block: Block) -> tuple[ProductCard, ...]:
    match block:
        case ProductCard():
            return (block,)
        case Carousel(cards=cards):
            return cards
        case _:
            return ()


def _read(answer: Answer) -> str:
    return _folded("\n".join(visible(answer.reply.blocks)))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
