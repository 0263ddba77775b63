"""What a shopper does not want: 革じゃない, 赤以外, 砂糖なし, without leather, sugar-free."""

import re
from typing import Final

from kaiwa.catalog.understanding.colours import colour_of

# What a thing is made of or has; letters of one script, so that the sentence around stays out.
# Of hiragana only where a word of its own begins, as far as its letters tell.
_ONE = (
    r"(?:[一-鿿々]+(?:[りみきけめい](?![るたて]))?|[ァ-ヺー]+|[a-z]+(?:-[a-z]+)*"
    r"|(?<![ぁ-んァ-ヺー一-鿿])[ぁ-ん]{2,6}?)"
)
_KIND = r"(?:色|系|製品|製|柄|味)?(?:の?もの|のやつ|やつ|の|とか|など)?"
_THING = rf"(?P<thing>{_ONE}){_KIND}"
_LIST = rf"(?P<more>(?:{_ONE}{_KIND}\s*(?:と|や|、|も|・|か)\s*)*){_THING}"
_SUBSTANCE = (
    r"カフェイン|アルコール|シュガー|オイル|シリコン|グルテン|ニコチン|パラベン|ラクトース|コレステロール"
    r"|デイリー|ミルク|ナッツ|ラテックス"
)
_NOUGHT = r"香料|着色料?|添加物?|農薬|漂白|鉱物油|塩(?!味)|臭(?!元)|蛍光(?:剤|染料)?"
_MATTERS: Final = (
    r"卵|たまご|玉子|(?:牛|豆)?乳(?:製品)?|小麦粉?|そば粉?|落花生|ピーナッツ|えび|エビ|かに|カニ|ナッツ|くるみ|クルミ|アーモンド"
    r"|大豆|ごま|ゴマ|砂糖|食?塩|油|バター|マーガリン|[豚牛鶏]?肉|豚|牛|鶏|魚|お?酒|アルコール|カフェイン|グルテン|香料|着色料?"
    r"|保存料|添加物|防腐剤|パラベン|シリコン|界面活性剤|鉱物油|[本合]?革|合皮|レザー|ウール|羊毛|綿|コットン|麻|リネン"
    r"|ポリエステル|ナイロン|アクリル|化繊|プラスチック|金属|鉄|ステンレス|アルミ|木|木製|ガラス|陶器|毛皮|ファー|羽毛|ダウン|ゴム"
    r"|ラテックス|ビニール|紙|竹|米"
)
_JAPANESE: Final = [
    re.compile(
        rf"{_LIST}\s*(?:以外(?!に)|(?:を|は)除(?:く|いて|いた|外)|(?:を|は)?除外|(?:は|が)?(?<![a-z])ng(?![a-z])"
        r"|(?:だめ|ダメ|苦手|無理)(?=な(?:ので|ん)|だから)|(?:だけ)?[はが](?:[^\s、]{1,10}(?:から|ので))?(?:絶対(?:に)?|ちょっと|あまり)?(?:嫌(?:い|だ)?|いや(?:だ)?|イヤ|ヤダ|やだ|苦手|勘弁|無理"
        r"|だめ|ダメ|いらない|要らない|いりません|要りません|不要|避けたい|避けて|外して|やめて|抜きで|困る|好きじゃない|もう(?:いい|十分)|飽きた)"
        r"|(?:が|の)(?:嫌い|苦手|いや|嫌)|を?(?:避けたい|避けて|避けた|外して|避ける)|アレルギー(?!対応|フリー|の?方))"
        r"(?:なので|だから|です|ください|なら(?:なん|何)でも(?:いい|良い)?)?(?:の|で|な)?(?:もの|やつ)?"
    ),
    re.compile(
        rf"{_LIST}\s*(?:製|入り|付き|つき)?\s*(?:じゃ|では|で)(?:ない|なくて|なく|無い)(?:もの|やつ|の|ほう|方)?"
    ),
    re.compile(
        rf"{_LIST}\s*(?:が|の|を|は)?\s*(?:入って|入って?い|使って|使って?い|含ま(?:れて)?|含んで|付いて|つ[いか]て"
        r"|使用して|配合して|ついて)(?:い)?(?:ない|ません)(?:もの|やつ|の)?"
    ),
    re.compile(rf"{_LIST}\s*(?:を)?(?:使わ|含ま|入ら|付か)ない(?:もの|やつ|の)?"),
    re.compile(
        rf"{_LIST}\s*(?:が|の|は|を)?\s*(?:(?<![洋和])(?:なし|ナシ)|無し|(?<![栓型毛釘])抜き|不使用|不?無添加|未使用|ゼロ|フリー)(?!サイズ)(?:の|で)?"
    ),
    re.compile(rf"(?P<more>)(?<![ァ-ヺ])ノン(?P<thing>{_SUBSTANCE})(?:の)?"),
    re.compile(rf"(?P<more>)(?P<thing>{_SUBSTANCE})レス(?:の)?"),
    re.compile(rf"(?P<more>)(?<![一-鿿])無(?P<thing>{_NOUGHT})(?:の)?"),
    re.compile(rf"{_LIST}\s*(?:が|の|は)\s*(?:ない|無い)(?:もの|やつ)?"),
    # 卵と小麦ダメで: of what things are made of no particle need be said.
    re.compile(
        rf"(?P<more>(?:(?:{_MATTERS})\s*(?:と|や|、|も|・|か)\s*)*)(?P<thing>{_MATTERS})[がはも]?\s*"
        r"(?:だめ|ダメ|駄目|ng(?![a-z])|(?:食べ|飲め|とれ|摂れ)(?:られ)?(?:ない|ません|なく))"
        r"(?:だった|でした|なん(?:です|だ)(?:けど|が)?|なので|だから|です|で)?"
    ),
]
_PLAIN = r"[a-z]+(?:-[a-z]+)*"
_WORD = rf"(?P<thing>{_PLAIN})(?:'s)?"
_MORE = (
    rf"(?P<more>(?:{_PLAIN}(?:,\s*(?:or\s+|and\s+)?|/|\s+(?:or|and|nor|&)\s+(?:not\s+|no\s+)?))*)"
)
_LEAD = (
    r"(?:(?:a|an|any|in|made|of|from|with|the|added|too|much|so|being|all|anything|something|to|be|really"
    r"|contain(?:s|ing)?|have|has|having|use|uses|using)\s+)*"
)
_HATED = (
    r"(?:(?:do\s*n'?o?t|don'?t|does\s*n'?o?t|doesn'?t|not)\s+(?:want|like|need|have|contain|include|use|show(?:\s+me)?|wear)"
    r"|avoid(?:ing|s)?|(?:i\s+)?(?:really\s+)?hate|(?:i'?m\s+)?allergic\s+to|skip|lacking|can'?t\s+(?:stand"
    r"|have|wear|eat|use)|free\s+(?:of|from)|sensitive\s+to)"
)
_ENGLISH: Final = [
    re.compile(
        rf"\b(?:i\s+|please\s+|,\s*)?(?:(?:any|every)(?:thing|one)|(?:any|all)\s+(?:colou?r|brand|kind|type)s?|something)?\s*\b(?:but\s+not|other\s+than|except(?:\s+for)?"
        rf"|excluding|exclude|apart\s+from|(?:any|every)(?:thing|one|body)\s+but|(?:any|all)\s+(?:other\s+)?(?:colou?r|brand|kind|type)s?\s+but|instead\s+of"
        rf"|rather\s+than|neither|without|w/o|minus"
        rf"|(?:that|which)\s+(?:(?:is|are)\s+not|isn'?t|aren'?t|has\s+no|have\s+no)"
        rf"|isn'?t|aren'?t|{_HATED}|nothing(?!\s+(?:over|under|above|below|more|less|else|like|fancy|expensive))(?:\s+(?:with|that\s+(?:has|is|contains)|that'?s|too))?|not|no)\s+{_LEAD}{_MORE}{_WORD}\b"
    ),
    re.compile(rf"\bnon[- ]{_WORD}\b(?P<more>)"),
    re.compile(rf"\b{_MORE}{_WORD}[- ]free\b(?!\s+(?:of|from|shipping|delivery|gift|size|people))"),
    re.compile(rf"\bzero\s+{_WORD}\b(?P<more>)"),
    re.compile(r"\b(?P<thing>[a-z]{3,})-less\b(?P<more>)"),
    re.compile(r"\bde(?P<thing>caf)(?:f|feinated)?\b(?P<more>)"),
]
# One of these is in whatever the patterns find. Most texts have none, and the patterns are dear:
# they would try a list of things at every letter.
_TOLD: Final = (
    (
        re.compile(
            r"以外|除|ng|嫌|いや|イヤ|[やヤ][だダ]|いらない|要らない|りません|不要|抜き|苦手|避け|外し|[な無][いくし]"
            r"|勘弁|無理|だめ|ダメ|やめ|困る|アレルギー"
            r"|駄目|ません|ナシ|抜き|もう|飽き|不使用|無添加|未使用|ゼロ|フリー|ノン|レス|無(?:香|着|添|農|漂|鉱|塩|臭|蛍)"
        ),
        _JAPANESE,
    ),
    (
        re.compile(
            r"\b(?:not?\b|nothing\b|other\s+than|except|exclud|apart\s+from|(?:any|every)(?:thing|one|body)\s+but|(?:colou?r|brand|kind|type)s?\s+but|without"
            r"|w/o|minus|instead|rather\s+than|neither|[a-z]-less\b|isn|aren|do\s*n|does\s*n|avoid|hate|allergic|skip|lacking|non\b|zero|decaf|can'?t|free|sensitive)"
        ),
        _ENGLISH,
    ),
)
_FULL: Final = {"caf": "caffeine"}
# "without teflon coating": a last word more, unless it says something else of the product.
_TAIL = re.compile(r"^\s+([a-z]+)\s*$")
_LONG = re.compile(r"without|w/o|excluding|minus")
_OTHER: Final = frozenset(
    "small medium large men mens women womens kids boys girls size please cheap in on for".split()
)
_BETWEEN = re.compile(rf"{_KIND}\s*(?:[とや、も・,/&か]|\b(?:or|and|nor)(?:\s+(?:not|no))?\b)\s*")
_CLOSED = re.compile(r"\b(?:or|and|nor)\b|&|/")
_MATTER: Final = re.compile(_MATTERS)
_NOT_A_THING: Final = frozenset(
    """issue important object concern factor tax more less only top that too very over one matter
    duty hands risk shipping postage stick slip
    problem rush show worries idea sew drill wash expensive pricey cheap huge big large small
    heavy bulky short tight loose sure need than
    just bad longer strings sugar-free 送料 料 色 手 今 他 数量 関税 時間 高 安 問題 必要 種類
    興味 派手 地味 複雑 面倒 これ それ あれ 仕方 間違い 仕上げ""".split()
)


def exclusions(text: str) -> tuple[tuple[str, ...], str]:
    """What is not wanted, colours by their canonical name, and the text without it."""
    found: list[str] = []
    for pattern in [one for told, some in _TOLD if told.search(text) for one in some]:
        begin = 0
        while hit := pattern.search(text, begin):
            things, rest = _listed(hit, text[: hit.start()], text[hit.end() :])
            if set(things) & _NOT_A_THING:
                begin = hit.end()
                continue
            if _LONG.search(hit[0]) and (tail := _TAIL.match(rest)) and _belongs(tail[1], things):
                things[-1], rest = f"{things[-1]} {tail[1]}", ""
            found += [colour_of(thing) or _FULL.get(thing, thing) for thing in things]
            text = f"{text[: hit.start()]} {rest}"
    return tuple(dict.fromkeys(found)), text


def _listed(hit: re.Match[str], before: str, rest: str) -> tuple[list[str], str]:
    """What the hit names, and what follows it: of "no plastic, water bottle" only the first."""
    more, last = hit["more"] or "", hit["thing"]
    if "、" in more and (sought := more.rpartition("、")[0]) and _sort(sought) != _sort(last) != "":
        return [last], f" {sought} {rest}"
    if len(last) == 2 and not more and all(colour_of(one) for one in last):
        return list(last), rest
    if "," in more and not _CLOSED.search(more):
        if hit[0].endswith("free"):
            return [last], f" {more.rstrip(', ')} {rest}"
        if colour_of(last) and not colour_of(more.split(",")[0].strip()):
            return [more.split(",")[0].strip()], f" {last}{rest}"
    if "," in more and not _CLOSED.search(more) and (rest.strip() or not before.strip()):
        first, others = more.split(",", maxsplit=1)
        return [first], f"{others}{last}{rest}"
    return [*(thing for thing in _BETWEEN.split(more) if thing), last], rest


def _sort(thing: str) -> str:
    """Colour or matter; of 「お菓子、小麦粉不使用」 only the flour, of 「卵、乳不使用」 both."""
    word = _BETWEEN.split(thing)[-1]
    return "colour" if colour_of(word) else "matter" if _MATTER.fullmatch(word) else ""


def _belongs(word: str, things: list[str]) -> bool:
    return word not in _OTHER and not colour_of(word) and not colour_of(things[-1])
