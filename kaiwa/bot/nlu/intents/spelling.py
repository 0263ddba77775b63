"""A masked text in words again, for a model that was taught whole sentences."""

import re
from typing import Final

from kaiwa.bot.nlu.masking import MASK
from kaiwa.vocabulary.language import Language

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "ja": {
        "product": "商品",
        "brand": "ブランド",
        "colour": "赤",
        "size": "Mサイズ",
        "n": "2個",
        "price": "3000円",
        "order": "注文番号1024",
        "email": "メールアドレス",
        "phone": "電話番号",
        "zip": "郵便番号",
        "code": "クーポンコード",
        "date": "8月14日",
        "time": "16時",
        "ordinal": "2番目",
    },
    "en": {
        "product": "product",
        "brand": "brand",
        "colour": "red",
        "size": "size M",
        "n": "two",
        "price": "30 dollars",
        "order": "order number 1024",
        "email": "my email address",
        "phone": "my phone number",
        "zip": "my zip code",
        "code": "coupon code",
        "date": "August 14",
        "time": "4 pm",
        "ordinal": "second",
    },
}
_MASKS: Final = re.compile(f"[{''.join(MASK.values())}]")
_NAMES: Final = {mask: name for name, mask in MASK.items()}


def spelled(masked: str, language: Language) -> str:
    """The text with an everyday word for each mask: the same text whatever was named in it."""
    words = _WORDS[language]
    return _MASKS.sub(lambda found: words[_NAMES[found[0]]], masked)
