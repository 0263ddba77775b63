"""The words without which an act is not meant: nobody sends something back without saying so.

The learner knows an act by everything that was said beside it ("strict vegan" stood beside goods
sent back); what starts a service takes words of its own, or a talk that is about it already.
"""

import re
from typing import Final

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.nlu.chance import Chance

_WITHOUT: Final = 0.1  # of its chance is left
_ALERTS_WITHOUT: Final = 0.001  # nobody is to be written to who did not ask for it
_ALERTS: Final = frozenset({"restock_alert", "price_alert"})
_LEAST: Final = 0.3  # where all that is left is less likely, it is rather none of the acts
_WORDS: Final[dict[Act, str]] = {
    # A question about a discount asks for no news of it.
    "price_alert": (
        r"^(?=.*(?:知らせ|しらせ|教え|おしえ|通知|連絡|登録|アラート|ウォッチ|メール|ライン|待[っつちと]"
        r"|たら|だら|とき|時[には]|際|次第"
        r"|\b(?:tell|told|let|know|notif\w*|alerts?|ping|e?mail|text|message|when|if|once|watch"
        r"|wait\w*|heads.?up|remind|update|drops?|track)\b))"
        r".*?(?:値下|安く|やすく|下が|さが|セール|割引|オフ"
        r"|(?:円|価格|値段).*(?:たら|知らせ|教え|通知|連絡|とき|時|登録)"
        r"|(?:知らせ|教え|通知|連絡|登録).*(?:円|価格|値段)"
        r"|cheap|drop|\bsale|less|discount|go(?:es)? (?:down|on)|below|under|mark(?:ed)? ?down"
        r"|\boff\b|lower|pric\w+ (?:alert|watch)"
        r"|(?:pric|cost|bucks|\$).*(?:tell|know|notif|ping|mail|text|when|if\b)"
        r"|(?:tell|know|notif|alert|ping|mail|text|when|if|watch)\b.*(?:pric|cost|bucks|\$))"
    ),
    "return_request": (
        r"返|かえ|へんぴん|交換|替|換|壊|こわ|割|ひび|破|やぶ|不良|違|ちが|合わ|きつ|ゆる|小さ|大き|届|とど"
        r"|傷|キズ|欠|間違|まちが|サイズ|動[かき]|使え|ほつれ|いらな|要らな|不要|やっぱ|はず|足り|開封|未使用"
        r"|汚|よご|しみ|シミ|臭|カビ|かび|故障|変な音|おかし|溶け|潰|つぶ|腐|期限|しお|枯|取れ|外れ|剥|はが"
        r"|折れ|曲が|縮|色(?:落|あせ)|漏|もれ|鳴ら|映ら|つか[なず]|点か|ぬるぬる|べた"
        r"|return|refund|exchang|back|br[oe]+k|damag|wrong|defect|\bfit|arriv|swap|replac|fault|missing"
        r"|money|dead|crack|leak|stop|shr[aiu]nk|small|big|tight|loose|t[oe]r[en]|rip|chip|different|change"
        r"|up|came|order|\bgot\b|sealed|unopened|unused|\brma\b|keep|work|n'?t\b"
        r"|stain|dirty|smell|mou?ld|melt|wilt|scratch|dent|bent|peel|fade|stuck|nois|smash|crush|spil|expir"
        r"|stale|half|only"
    ),
    "delivery_request": (
        r"届|とど|配|送|おく|日|時|受け|指定|早|はや|急|遅|置|宅|便|午|夜|朝|曜|明|週|着|月|玄関|留守|不在"
        r"|deliver|ship|arriv|date|day|time|morning|afternoon|evening|tonight|\bby\b|leave|left|express"
        r"|rush|fast|soon|late|earl|hold|drop|\bget\b|week|porch|door|signature|neighbo|send|come|[ap]m\b"
    ),
    "cancel_order": (
        r"キャンセル|取り?消|とりけ|とり消|取りや|やっぱ|やめ|止|いら|要ら|不要|なし|なかったこと|間違|まちが"
        r"|cancel|don'?t|stop|no longer|\bnix|scrap|forget|undo|drop|call(?:ed)? off|\bkill|scratch"
        r"|never ?mind|void|back out|take back|mistake|accident|call (?:it|that|them) off"
    ),
    "restock_alert": (
        r"入荷|再|入っ|入り|戻|在庫|知らせ|通知|連絡|出た|きた|来た|登録"
        r"|(?:たら|次第|とき|時|際).{0,8}(?:教え|おしえ)"
        r"|back|stock|notif|let me know|alert|ping|mail|when|again|available|text|sign me|wait"
    ),
    "review": (
        r"レビュー|感想|口コミ|クチコミ|評価|星|★|最高|よかった|良かった|大満足|買って"
        r"|review|star|rat(?:e|ing)|feedback|love|great|good|best|happy|\d|five|four|three|two|one\b"
    ),
    "change_address": (
        r"住所|じゅうしょ|[届送]け?先|とどけ先|おくり先|宛|あて先|配送先|送付先|番地|転居|号室|郵便|〒"
        r"|変え|かえ|変更|直|違|ちが|間違|まちが|実家|会社|職場|(?:に|へ)(?:送|届|おく|とど)"
        r"|address|ship|deliver|send|mov|zip|street|apt|wrong|chang|updat|correct|place|\d{3}-?\d{4}"
    ),
    "wishlist_add": (
        r"気に入り|きにいり|リスト|ほしい|欲しい|保存|登録|あとで|後で|と[っり]|取[っり]|キープ|覚え|入れ"
        r"|気にな|ハート|検討|迷|ブックマーク|いいね|追加|候補|メモ|かわい|ウィッシュ|マーク"
        r"|save|wish|list|fav|later|keep|remember|bookmark|heart|love|like|add|put|hold|pin|star"
    ),
    "wishlist_remove": (
        r"お気に入り|おきにいり|ほしい|欲しい|リスト|消|けし|外|はず|いら|要ら|削除|抜|ウィッシュ|取って"
        r"|wish|list|remov|off|delet|take|drop|favou?r|unsave|scratch|out|clear"
    ),
    # もうすぐ始まるんです tells of nothing that went wrong.
    "complaint": (
        r"ない|なかっ|ません|ねえ|ねぇ|ず[、にじ]|遅|おそ|壊|こわ|割|破|違|ちが|不|汚|悪|困|こま|怒|おこ|最[悪低]"
        r"|ひど|酷|失|がっかり|残念|な[んぜ]|どうして|どういう|どうな|加減|ふざ|詐|騙|だま|高|無|ダメ|だめ|駄目"
        r"|待|まだ|届|返|おかし|変|嫌|いや|イヤ|臭|漏|もれ|欠|傷|キズ|痛|かぶれ|赤|溶|つぶ|潰|ほつ|信|二度|対応|責任"
        r"|謝|あやま|クレーム|苦情|文句|ケチ|けち|うそ|嘘|ウソ|損|使え|カビ|虫|期限|止ま|動|切れ|落ち|痒|かゆ|ちゃんと"
        r"|しろ|せよ|つかえね|使えね|ろよ|てくれ|怠|たらい|ばか|バカ|馬鹿|くそ|クソ|[!！💢😡😠😤]"
        r"|n'?t\b|\bnot?\b|never|br[oe]+k|damag|wrong|\blate|delay|miss|bad|wors|terr|awful|horr|disap"
        r"|ridic|unac|angr|upset|furi|annoy|fed up|sick|rude|scam|fraud|\blie|waste|useless|crap"
        r"|junk|rubbish|poor|fail|joke|wtf|hell|damn|still|wait|why|how come|complain|refund|return"
        r"|leak|crack|torn|stain|smell|dead|stop|hurt|burn|rash|half|only|again|third|second|twice"
        r"|hours?|weeks?|excuse|nobody|garbage|trash|suck|hate|shame|pity|honest|serious|expect"
        r"|manager|unprof|without|lost|different|nothing|!"
    ),
    "account_data": (
        r"データ|情報|個人|アカウント|退会|登録|消|履歴|会員|名前|覚え"
        r"|data|account|info|delet|profile|gdpr|know about|member|e?-?mail|password|name|system"
        r"|store"
    ),
}  # fmt: skip
_FOUND: Final = {act: re.compile(words, re.DOTALL) for act, words in _WORDS.items()}


def founded(chances: tuple[Chance, ...], text: str, state: Dialogue) -> tuple[Chance, ...]:
    """The chances, those of acts without a word of their own in the folded text made small.

    They add up to 1 again, likeliest first. While the act, or an order, is talked about, any
    words may be of it.
    """
    open_act = state.top.act if state.top is not None else state.last_act
    spoken_of = state.order_id is not None or open_act in OF_ORDERS
    angry = chances[0].act == "complaint"
    raw = [
        one.chance
        if one.act == open_act
        or one.act not in _FOUND
        or one.act == "complaint"
        and not angry
        or spoken_of
        and one.act in OF_ORDERS
        or _FOUND[one.act].search(text)
        else one.chance * (_ALERTS_WITHOUT if one.act in _ALERTS else _WITHOUT)
        for one in chances
    ]
    # What is done at once must be said; a service for an order asks before it does anything.
    lacking = 0.0 if chances[0].act in OF_ORDERS else max(0.0, _LEAST - sum(raw))
    none = [lacking if one.act == "out_of_scope" else 0.0 for one in chances]
    raw = [chance + more for chance, more in zip(raw, none, strict=True)]
    total = sum(raw)
    found = [Chance(one.act, chance / total) for one, chance in zip(chances, raw, strict=True)]
    return tuple(sorted(found, key=lambda one: -one.chance))
