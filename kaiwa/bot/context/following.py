"""A question to the shop that only what was spoken of completes: "who pays?", お金かかる？.

After an answer of the FAQ it is about that; in the middle of a return it is about returns.
"""

import re
from typing import Final

from kaiwa.bot.asking.aspects import asked
from kaiwa.bot.asking.measure_asked import tells_money
from kaiwa.bot.asking.words import said_in, words_of_question
from kaiwa.bot.context.asked_otherwise import asked_otherwise, by_phone
from kaiwa.bot.context.wrapped import wrapping
from kaiwa.bot.nlu.act import Act
from kaiwa.bot.nlu.phrases import is_question
from kaiwa.bot.nlu.questions import PERHAPS, Findings
from kaiwa.bot.order.in_time import how_long
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.retrieval import FaqHit
from kaiwa.languages import reader
from kaiwa.languages.meanings import meanings
from kaiwa.vocabulary.language import Language

FOLLOWED: Final = 0.5  # how sure of an answer that goes on with the last one
_SOUNDS_LIKE: Final = 0.1
_HEARD_OF: Final = 0.03  # what an entry must at least share with the question's own words
_LOOKED_AT: Final = 12
_SHORT: Final[dict[Language, int]] = {"ja": 18, "en": 34}
_LEAST: Final = 0.42
# By what is being done, its name as the shop's rules have it.
_NAMES: Final[dict[Act, dict[Language, str]]] = {
    "return_request": {"ja": "返品や交換", "en": "return or exchange policy"},
    "cancel_order": {"ja": "注文のキャンセル", "en": "cancel my order"},
    "change_address": {"ja": "お届け先の住所の変更", "en": "change the delivery address"},
    "delivery_request": {"ja": "お届けの日時の指定", "en": "choose the delivery date"},
}
# この靴の重さは: of the goods, whatever the shop told before.
_THIS_ONE: Final = re.compile(
    r"(?:この|その)[一-鿿ァ-ヺーぁ-ゖ]{1,8}(?:の|は|って)|\b(?:this|that) \w+"
)
_PAYING: Final = re.compile(
    r"書いて|あかん|(?:だめ|ダメ|駄目|無理|大丈夫|平気)(?:です|でしょう|かな|か|の)*[?？。]*$|ルール|決まり|規約|条件"
    r"|送料|払|負担|お金|かか|手数料|有料|無料|タダ|いくら|何日|いつまで|どれくらい|期限|転送"
    r"|\b(?:written|policy|rules?|pay|pays|postage|label|cost|fee|free|charge"
    r"|how long|how many days|deadline"
    r"|shipping)\b",
    re.IGNORECASE,
)
# At whose cost it is, of which the last answer tells: none of the ways to pay.
WHO_PAYS: Final = re.compile(
    r"(?:誰|だれ|どちら|どっち|こちら|こっち|そちら|そっち|自分|うち|わたし|私|僕|俺|客|当方|店)(?:側|さん|様)?"
    r"(?:が|の|で)?(?:払|負担|持ち|もち|持つ|もつ)"
    r"|\bwho(?:'s| is)? (?:pays?|covers?|paying|covering)\b|\bdo (?:i|we) (?:have to )?pay\b"
    r"|\b(?:is|would) (?:that|it) (?:be )?(?:on|up to) (?:me|you|us)\b",
    re.IGNORECASE,
)
_GOES_BACK: Final = re.compile(
    r"返[すしさ送品]|\b(?:return|send(?:ing)? (?:it|them|this) back)", re.I
)
_OF_COST: Final = re.compile(
    r"送料|負担|無料|[¥\d]円|[$€£]\s?\d"
    r"|\b(?:postage|label|shipping|free|at no (?:charge|cost)|we pay|you pay)\b",
    re.IGNORECASE,
)
_EVEN: Final = re.compile(
    r"^(?:even|not even|also) (?P<en>[a-z' -]{3,30}?)\W*$"
    r"|^(?P<ja>[^。、?？\s]{1,10}?)(?:でも?|も)(?:だめ|ダメ|駄目|無理|大丈夫|平気|いい|OK)?(?:です|なの|か)*[?？]$",
    re.IGNORECASE,
)
# 自転車を買った場合も変わりませんか: whether what was told holds of that, too.
_SAME_THEN: Final = re.compile(
    r"(?:場合|とき|時|なら|だと|ても|でも|とか|の人)[はもで]{0,2}[^、。]{0,4}(?:同じ|変わ[りらる]|一緒|いっしょ|一律)"
    r"[^、。]{0,8}[?？か]*$"
    r"|\b(?:same|different|apply|applies|true)\b.{0,8}\b(?:if|for|with|when|to)\b.{2,40}\?$"
    r"|\b(?:does|would|will) (?:that|it|this) (?:change|differ|be (?:different|the same))"
    r" (?:if|for|with|when)\b",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"(?:場合|だと|なら|とき|ても|でも|の人)(?:は|も|だめ|大丈夫)?.{0,6}[?？]?$|^.{1,8}(?:は|も)[?？]$"
    r"|^(?:even (?:if|for|when)|and (?:if|for|to|on|in)|what (?:if|about)|how about|what about)\b",
    re.IGNORECASE,
)
# Where, who or what it is for: 石垣島なんだけど, "I'm in Alaska".
_CIRCUMSTANCE: Final = re.compile(
    r"^(?:[^、。]{2,20}、)?[^、。]{2,12}(?:なん(?:です|だ)|です|だ)?(?:けど|が)[。]*$"
    r"|^(?:well |but |and )?(?:i'?m|we'?re|i am|we are|it'?s|i live|we live)"
    r" (?:in|from|on|a|an|at|for|to)\b",
    re.IGNORECASE,
)
# A question that has no matter of its own: 何年？, "do those run out?".
_OF_IT: Final = re.compile(
    r"^(?:それ|その|これ|じゃあ?、?)?(?:何|いつ|どれ|どの)[^、。]{1,6}[?？]?$|^(?:それ|その場合)[^。]{1,14}$"
    r"|\b(?:it|those|they|them|that)\b",
    re.IGNORECASE,
)


# What it costs more, of what the shop has just told: no price of a thing, no postage.
_EXTRA: Final = re.compile(
    r"(?:余計|余分|追加|別料金|別途|プラス)[^。]{0,8}(?:いくら|なんぼ|かか)"
    r"|(?:いくら|なんぼ|お金)[^。]{0,6}(?:余計|余分|追加|別に)"
    r"|\bhow much (?:extra|more)\b|\b(?:extra|additional) (?:cost|charge|fee)"
    r"|\b(?:costs?|pay) (?:extra|more)\b",
    re.IGNORECASE,
)
_OF_SENDING: Final = re.compile(r"送料|配送|発送|\b(?:shipping|postage|delivery)\b", re.I)


def costs_extra(words: str, where: tuple[Turn, Shop, Language]) -> Findings | None:
    """それいくら余計にかかるの, "how much extra is that?": the answer told last, if it says."""
    turn, shop, language = where
    before = turn.state.told_last
    if not before or len(words) > _SHORT[language] or not _EXTRA.search(words):
        return None
    entry = next((one for one in shop.known.faq.entries if one.question == before), None)
    if entry is None or entry.language != language or not tells_money(entry.answer.casefold()):
        return None
    if _OF_SENDING.search(words):
        return None
    return Findings((FaqHit(entry, FOLLOWED),), (), FOLLOWED)


def followed(words: str, found: Findings, where: tuple[Turn, Shop, Language]) -> Findings:
    """What was found, or what the matter that is spoken of makes likelier."""
    wraps = wrapping(words, where[2], where[1])
    if wraps is not None and not _is_of_another(words, found, wraps, where):
        return wraps
    told = of_the_matter(words, found, where) or by_phone(words, found, where[2], where[1])
    if told is None and not found.answers:
        told = asked_otherwise(words, where[2], where[1])
    told = told or even_that(words, where) or _of_the_last(words, found, where)
    if told is None and not found.answers:
        told = how_long(words, where[2], where[1])
    return told or found


def _is_of_another(
    words: str, found: Findings, wraps: Findings, where: tuple[Turn, Shop, Language]
) -> bool:
    """のし付けれる？, where the shop has written of the noshi itself."""
    if not found.sure or not wraps.sure or found.best < FOLLOWED:
        return False
    index, entry = where[1].known.faq, wraps.sure[0].entry
    own = (hit.score for hit in index.search(words, where[2], _LOOKED_AT) if hit.entry == entry)
    return max(own, default=0.0) < found.best / 2


def of_the_matter(
    words: str, found: Findings, where: tuple[Turn, Shop, Language]
) -> Findings | None:
    """Do I pay the postage?, in the middle of a return."""
    turn, shop, language = where
    state = turn.state
    doing = state.top.act if state.top is not None else state.last_act
    if WHO_PAYS.search(words) and _GOES_BACK.search(words):
        doing = "return_request"
    names = _NAMES.get(doing) if doing is not None else None
    if names is None or not (_PAYING.search(words) or WHO_PAYS.search(words)):
        return None
    index = shop.known.faq
    own = {hit.entry.id: hit.score for hit in index.search(words, language, _LOOKED_AT)}
    best = next(iter(index.search(f"{names[language]} {words}", language, 1)), None)
    if best is None or best.score < _LEAST or own.get(best.entry.id, 0.0) < _HEARD_OF:
        return None
    return Findings((FaqHit(best.entry, max(found.best, best.score)),), (), best.score)


def same_then(words: str, where: tuple[Turn, Shop, Language]) -> Findings | None:
    """自転車を買った場合も変わりませんか, right after an answer: that answer is asked about."""
    turn, shop, language = where
    state = turn.state
    if not state.told_last or not _SAME_THEN.search(words.strip()):
        return None
    entry = next((one for one in shop.known.faq.entries if one.question == state.told_last), None)
    if entry is None or entry.language != language:
        return None
    return Findings((FaqHit(entry, FOLLOWED),), (), FOLLOWED)


def even_that(words: str, where: tuple[Turn, Shop, Language]) -> Findings | None:
    """Even a paring knife?, 日本酒も？: the answer told last speaks of it: nothing is sought."""
    turn, shop, language = where
    before, asked_of = turn.state.told_last, _EVEN.match(words.strip())
    if not before or asked_of is None:
        return None
    entry = next((one for one in shop.known.faq.entries if one.question == before), None)
    thing = asked_of["en"] or asked_of["ja"]
    if entry is None or entry.language != language:
        return None
    every = words_of_question(thing.casefold(), language, ())
    told = f"{entry.question} {entry.answer}"
    if not any(said_in(one, told, language) for one in every):
        return None
    return Findings((FaqHit(entry, FOLLOWED),), (), FOLLOWED)


def who_pays(words: str, found: Findings, where: tuple[Turn, Shop, Language]) -> Findings | None:
    """その場合の送料はどちらが払うの, where the answer told last tells who: of that."""
    return _of_the_last(words, found, where) if WHO_PAYS.search(words) else None


def _of_the_last(
    words: str, found: Findings, where: tuple[Turn, Shop, Language]
) -> Findings | None:
    """お金かかる？, after the shop told that it wraps gifts."""
    turn, shop, language = where
    before, whose = turn.state.told_last, WHO_PAYS.search(words)
    longest = _SHORT[language] * (2 if whose else 1)
    if not before or found.best >= FOLLOWED and not whose or len(words) > longest:
        return None
    normal = reader(language).normalise(words)
    if _THIS_ONE.search(normal) and turn.state.near and asked(normal, ()).aspects:
        return None
    circumstance = _CIRCUMSTANCE.search(words) is not None and found.best < PERHAPS
    if not is_question(normal, language) and not _PAYING.search(words) and not circumstance:
        return None
    index = shop.known.faq
    entry = next((one for one in index.entries if one.question == before), None)
    if entry is None or entry.language != language:
        return None
    score = next(
        (h.score for h in index.search(words, language, _LOOKED_AT) if h.entry == entry), 0
    )
    told = _meant_by(f"{entry.question} {entry.answer}", language)
    own = _meant_by(words, language)
    if whose and _OF_COST.search(entry.answer):
        return Findings((FaqHit(entry, FOLLOWED),), (), FOLLOWED)
    of_it = _OF_IT.search(words) is not None and found.best < PERHAPS and own <= told
    goes_on = _PAYING.search(words) or (_GOES_ON.search(words) and not found.answers)
    goes_on = goes_on or circumstance or of_it or _is_told_there(words, found, entry)
    if score < _SOUNDS_LIKE and not own & told and not goes_on:
        return None
    if found.sure and own & _meant_by(found.sure[0].entry.question, language):
        return None
    if found.best >= PERHAPS and score < found.best / 2 and not _PAYING.search(words):
        return None
    return Findings((FaqHit(entry, FOLLOWED),), (), FOLLOWED)


def _is_told_there(words: str, found: Findings, entry: FaqEntry) -> bool:
    """荷物に紙で入っていますか, after 紙の領収書は同封していません: that answer speaks of it."""
    if found.best >= PERHAPS or not is_question(words, entry.language):
        return False
    asked = words_of_question(words.casefold(), entry.language, ())
    return any(said_in(one, entry.answer, entry.language) for one in asked)


def _meant_by(text: str, language: Language) -> set[str]:
    return set(meanings(reader(language).normalise(text), language))
