"""What only tells something beside a wish: a reason, a story, a condition.

値段が下がったら連絡もらえますか after 手が出ない〜 is one wish; so is "What would help her?" after
"My mother is 82". A stretch is a remark where nothing in it asks, wishes, orders or names alone.
"""

import re
from typing import Final

from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.vocabulary.language import Language

# Acts that a sentence which only tells is easily taken for; what is bought, changed or disliked
# is said by telling: "the red one then", "it broke".
EASILY_TAKEN: Final[frozenset[Act]] = frozenset(
    {
        "account_data",
        "apply_coupon",
        "cancel_order",
        "change_address",
        "change_order",
        "change_payment",
        "compare",
        "delivery_request",
        "faq",
        "find_product",
        "human_handoff",
        "order_status",
        "price_alert",
        "product_question",
        "recommend",
        "refine",
        "restock_alert",
        "return_request",
        "review",
        "view_cart",
    }
)
_ASKS: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        r"[?？]|(?:です|ます|ません|でしょう|だろう|(?<!ない)(?:の|ん))か"
        r"|(?<!しか)(?<!しかない)か(?:な|ね|しら)?[。!！〜ー]*$|っけ"
        r"|たい(?:です|んです|の|ん|な|と|けど|[。!！]|$)|ほしい|欲しい|お願い|おねがい|ください|下さい"
        r"|くれ|もらえ|もらう|もらい|いただ|頂|ちょうだい|頼[むみ]|希望|教え|知り|見せ|探し|さがし"
        r"|(?:[いきしちにみりえけせてねべめれげぜぺっ][て]|[んい]で)(?:[ねよ])?[。!！〜ー]*$"
        r"|(?:けど|けれど|ですが|ますが|んだが|ましたが)(?:ね)?[。、〜ー…]*$"
        r"|(?:って|は|とか|を|も|が)[。、〜ー…]*$|[一-鿿々ァ-ヺa-z0-9\ue000-\ue0ff][。!！]*$"
        r"|何|なに|どう|どこ|どれ|どっち|どちら|いつ|いくら|誰|だれ|なぜ|なんで"
    ),
    "en": re.compile(
        r"\?|\b(?:please|pls|plz|(?:can|could) (?:you|i|we)|would (?:you|it)|will (?:it|you)"
        r"|want(?:ed)?|need|like to|looking (?:for|to)|hoping|wish|wonder(?:ing)?|let me|let's"
        r"|tell me"
        r"|show me|give me|send me|help|whether|any idea|i'?d (?:like|love|rather))\b"
        r"|^\W*(?:[a-z']+\W+){0,2}(?:how|what|when|where|which|who|why)\b"
    ),
}
_TELLS: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        r"(?:です|ます|でし?た|ました|ません|だ|たし|なの|[たるいうくすつぬむぐぶ]|から|ので|のに)"
        r"(?:[ねよなわさぞ]|よね|もん|なあ|なぁ|か(?=[。!！〜ー]*$))?[。!！〜ーw…]*$"
    ),
    "en": re.compile(
        r"^\W*(?:(?:ok|okay|so|well|and|but|then|oh|hm+|ah|because|since|cos|cuz|as)\s+|[,\s])*"
        r"(?:i|i'(?:m|ve|ll|d)|im|ive|it|it'?s|that|that'?s|this|my|we|we'?re|we'?ve|they|they'?re"
        r"|he|he'?s|she|she'?s|shes|hes|the|there|there'?s|his|her|our|their|your|you|a|an|some"
        r"|none|nobody|everyone)\b"
    ),
}
_LEANS: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(
        r"(?:たら|なら|れば|ければ|ときは?|時は?|場合は?|ても|なので|たので|るので)[、。 ]*$"
    ),
    "en": re.compile(
        r"^\W*(?:(?:and|but|so|ok|then)\s+)*(?:if|when|once|because|since|in case|unless|while)\b"
    ),
}


_SURPRISE: Final = re.compile(r"(?:!\?|\?!)[!?]*\s*$")  # "38,500?!" asks nothing
_NUMBER: Final = re.compile(r"\d{3}")  # of an order, a place, a telephone: it is told to be used


def is_remark(text: str, language: Language) -> bool:
    """Whether a folded stretch tells something, and neither asks nor orders."""
    if _NUMBER.search(text):
        return False
    if _SURPRISE.search(text):
        return True
    if is_question(text, language) or _ASKS[language].search(text):
        return False
    return _TELLS[language].search(text) is not None


def leans(text: str, language: Language) -> bool:
    """Whether a folded stretch is only the condition or the reason of what is said beside it."""
    asks = is_question(text, language) or "?" in text
    return not asks and _LEANS[language].search(text) is not None
