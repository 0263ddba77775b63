"""A scripted shopper: wants what a task's gold actions do, and says so in everyday words.

Knows what a buyer knows: the order's number, the own address, names and options of the articles,
what was paid with. Reads the bot's questions and buttons, and says yes only to what was wanted.
"""

import random
import re
from typing import Final

import msgspec

from bench.tau2.retail import Data, Retail
from kaiwa.bot.turn import Answer
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import visible

PATIENCE: Final = 14

_OPENINGS: Final[dict[Language, dict[str, tuple[str, ...]]]] = {
    "en": {
        "cancel_pending_order": (
            "I'd like to cancel order {number}",
            "please cancel my order {number}",
            "cancel {number} for me",
        ),
        "modify_pending_order_address": (
            "I need to change the shipping address of order {number}",
            "can you send order {number} to another address? I moved",
            "update the delivery address on {number} please",
        ),
        "modify_pending_order_items": (
            "I want to change the {items} in my order {number}",
            "order {number}: I'd like a different version of the {items}",
            "please modify the {items} in order {number}",
        ),
        "exchange_delivered_order_items": (
            "I want to exchange the {items} from order {number}",
            "can I exchange the {items} I got with {number}",
            "I'd like to exchange {items}, order {number}",
        ),
        "return_delivered_order_items": (
            "I want to return the {items} from order {number}",
            "I'd like to send back the {items}, order {number}",
            "return {items} from {number} please",
        ),
        "modify_user_address": (
            "I'd like to change the default address on my account",
            "please update the address in my profile",
        ),
    },
    "ja": {
        "cancel_pending_order": (
            "注文{number}をキャンセルしたいです",
            "{number}の注文、取り消してください",
            "注文番号{number}のキャンセルをお願いします",
        ),
        "modify_pending_order_address": (
            "注文{number}の届け先を変更したいです",
            "{number}の送り先の住所を変えてください",
            "引っ越したので注文{number}のお届け先を変えたい",
        ),
        "modify_pending_order_items": (
            "注文{number}の{items}を別の種類に変更したいです",
            "{number}で注文した{items}を違うものに変えたい",
            "注文{number}の中の{items}を変更してください",
        ),
        "exchange_delivered_order_items": (
            "注文{number}の{items}を交換したいです",
            "{number}で届いた{items}、交換してもらえますか",
            "届いた{items}を交換してほしい。注文は{number}です",
        ),
        "return_delivered_order_items": (
            "注文{number}の{items}を返品したいです",
            "{number}の{items}を返品お願いします",
            "届いた{items}を返したい。注文番号{number}",
        ),
        "modify_user_address": (
            "登録している住所を変更したいです",
            "アカウントの住所を変えてください",
        ),
    },
}
_YES: Final = {
    "en": ("yes", "yes please", "that's right"),
    "ja": ("はい", "お願いします", "はい、お願いします"),
}
_NO: Final = {"en": "no", "ja": "いいえ"}
_AND: Final = {"en": " and the ", "ja": "と"}
_WHY: Final = {"en": "I changed my mind", "ja": "気が変わりました"}
_PAY: Final = {"en": "use {way} please", "ja": "{way}でお願いします"}
_LISTED: Final = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class Goal(msgspec.Struct, frozen=True):
    """One gold write: what is wanted, of which order, by whom."""

    name: str
    arguments: Data
    user: Data
    order: Data | None


class Shopper:
    """Somebody with one goal, who answers until it is reached or given up."""

    def __init__(self, goal: Goal, shop: Retail, language: Language, seed: str) -> None:
        self._goal = goal
        self._shop = shop
        self._language: Language = language
        self._chance = random.Random(seed)
        self._open = list(goal.arguments.get("item_ids", ()))
        self._said_way = False

    def opening(self) -> str:
        """The first thing said."""
        forms = _OPENINGS[self._language][self._goal.name]
        told = self._chance.choice(forms)
        number = self._goal.arguments.get("order_id", "").removeprefix("#")
        names = [self._name(one) for one in self._goal.arguments.get("item_ids", ())]
        return told.format(number=number, items=_AND[self._language].join(dict.fromkeys(names)))

    def reply(self, answer: Answer) -> str | None:
        """What is said next; None when there is nothing more to say."""
        asks = answer.asks_for
        text = "\n".join(visible(answer.reply.blocks))
        if "confirmation" in asks:
            return self._agreed(text)
        if not asks or answer.handoff is not None:
            return None
        return self._told(asks[-1], text)

    def _told(self, asked: str, text: str) -> str | None:
        goal = self._goal
        match asked:
            case "order_number":
                return str(goal.arguments["order_id"]).removeprefix("#")
            case "email":
                return str(goal.user["email"])
            case "address":
                return _address(goal.arguments)
            case "reason":
                return str(goal.arguments.get("reason") or _WHY[self._language])
            case "payment":
                return str(goal.arguments["payment_method_id"])
            case "item":
                return self._items(text)
            case "variant":
                return self._variant(text)
            case "quantity":
                return "1"
            case _:
                return None

    def _agreed(self, text: str) -> str:
        """Yes to what was wanted; another way to pay where another was shown; else no."""
        arguments = self._goal.arguments
        way = arguments.get("payment_method_id")
        shows_way = re.search(r"(?:credit_card|paypal|gift_card)_\d+", text)
        if way and shows_way and shows_way[0] != way and not self._said_way:
            self._said_way = True
            return _PAY[self._language].format(way=way)
        wanted = [arguments[name] for name in ("address1", "zip") if name in arguments]
        if any(str(one) not in text for one in wanted):
            return _NO[self._language]
        return self._chance.choice(_YES[self._language])

    def _items(self, text: str) -> str:
        """The numbers of the articles in the list that was shown."""
        listed = _LISTED.findall(text)
        taken: list[str] = []
        for item_id in self._goal.arguments["item_ids"]:
            words = self._words(item_id)
            fits = [at for at, row in listed if at not in taken and all(w in row for w in words)]
            taken += fits[:1]
        return (" and " if self._language == "en" else "と").join(taken) or "?"

    def _variant(self, text: str) -> str:
        """The number of the wanted one among those listed for the article that is asked about."""
        listed = _LISTED.findall(text)
        pairs = dict(
            zip(self._goal.arguments["item_ids"], self._goal.arguments["new_item_ids"], strict=True)
        )
        for item_id in list(self._open):
            new = self._shop.variants[pairs[item_id]]
            words = [str(value) for value in new["options"].values()]
            fits = [at for at, row in listed if _says(row, words)]
            if self._name(item_id) in _question(text) and fits:
                self._open.remove(item_id)
                return fits[0]
        return "?"

    def _name(self, item_id: str) -> str:
        order = self._goal.order or {"items": ()}
        one = next((one for one in order["items"] if one["item_id"] == item_id), None)
        return str(one["name"]) if one else item_id

    def _words(self, item_id: str) -> list[str]:
        variant = self._shop.variants[item_id]
        return [self._name(item_id), *(str(value) for value in variant["options"].values())]


def _question(text: str) -> str:
    """The line above the list."""
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if line.startswith("1. ")), 1)
    return lines[at - 1]


def _says(row: str, words: list[str]) -> bool:
    options = row.rsplit(" $", 1)[0].split(" / ")
    return sorted(options) == sorted(words)


def _address(told: Data) -> str:
    second = f", {told['address2']}" if told["address2"] else ""
    return (
        f"{told['address1']}{second}, {told['city']}, {told['state']} {told['zip']},"
        f" {told['country']}"
    )
