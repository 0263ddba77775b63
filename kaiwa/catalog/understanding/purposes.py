"""What a thing is wanted for: プレゼント, 母の日, 通勤, キャンプ; gift for mom, camping, commute.

A purpose is a wish, never a filter: what speaks of it comes first.
"""

import re
from collections.abc import Iterable
from typing import Final

from kaiwa.languages.two_scripts import TwoScripts

# Name: how shoppers say it, and the words that a fitting product's text may have.
_TOLD: Final = {
    "mothers_day": (r"母の日|mother'?s'?\s+day", "母の日 mother カーネーション"),
    "fathers_day": (r"父の日|father'?s'?\s+day", "父の日 father"),
    "birthday": (r"(?:お)?誕生日|バースデ[ーイ]|birthday|bday|b-day", "誕生日 birthday"),
    "wedding": (
        r"結婚(?:祝い?|式)|ご結婚|ブライダル|引き?出物|wedding|bridal",
        "結婚 wedding ブライダル",
    ),
    "new_baby": (r"出産祝い?|baby\s+shower|new\s+baby|newborn\s+gift", "出産 ベビー baby"),
    "housewarming": (
        r"引っ?越し(?:祝い?)?|新築(?:祝い?)?|新居|house\s*warming|new\s+(?:home|house|apartment)",
        "引っ越し 新築 housewarming",
    ),
    "christmas": (
        r"クリスマス|christmas|x-?mas|stocking\s+(?:stuffer|filler)s?|secret\s+santa",
        "クリスマス christmas",
    ),
    "valentines": (r"バレンタイン|ホワイトデー|valentine'?s?(?:\s+day)?", "バレンタイン valentine"),
    "new_year": (r"お年賀|お正月|新年|お歳暮", "お年賀 正月 お歳暮"),
    "summer_gift": (r"お中元|暑中見舞い?", "お中元"),
    "respect_day": (r"敬老の日", "敬老"),
    "graduation": (r"卒業(?:祝い?|式)?|graduation", "卒業 graduation"),
    "entering_school": (r"入学(?:祝い?|式)?|入園(?:式)?", "入学 school"),
    "celebration": (
        r"(?:結婚)?記念日|(?:還暦|退職|昇進|就職|内祝|お祝|お礼|御礼)い?|anniversary|retirement|thank[\s-]you",
        "祝い お祝い お礼 anniversary",
    ),
    "souvenir": (r"手土産|お?土産|差し入れ|souvenirs?|hostess", "手土産 お土産 souvenir"),
    "gift": (
        r"(?:彼氏|彼女|旦那|夫|妻|奥さん|嫁|両親|母|父|祖[父母]|(?:[男女]|ママ)?友達|友人|上司|同僚|先生|恋人)(?:さん)?(?:に|へ)"
        r"(?:あげる|あげたい|贈る|送る|渡す)|(?:お)?プレゼント|ギフト|贈り物|贈答|贈(?:る|りたい|り物)|\bgift(?:s|ing)?\b|\bpresents?\b",
        "ギフト プレゼント 贈り物 gift present",
    ),
    "commute": (r"通勤|commut(?:e|er|ers|ing)", "通勤 commute commuter ビジネス"),
    "farewell": (
        r"送別会?|お別れ会|餞別|farewell|leaving\s+(?:gift|present|party)",
        "送別 餞別 farewell",
    ),
    "flower_viewing": (r"お?花見", "花見 レジャー ピクニック picnic"),
    "school": (
        r"通学|通園|学校|back[\s-]to[\s-]school|for\s+(?:school|college|class)|\bschool\b",
        "通学 学校 school student",
    ),
    "office": (
        r"オフィス|仕事|職場|在宅(?:勤務|ワーク)?|テレワーク|リモートワーク"
        r"|for\s+(?:the\s+)?(?:office|work|business)|\bwork\b(?=\s+(?:tote|bag|shirt|shoes?|trousers|pants|backpack|dress))|home\s*office|wfh|working\s+from\s+home",
        "オフィス ビジネス office work",
    ),
    "travel": (
        r"旅行|出張|トラベル|\btravel(?:l?ing|l?ers?)?\b|\bvacations?\b|business\s+trips?"
        r"|\btrips?\b",
        "旅行 トラベル 出張 travel",
    ),
    "camping": (r"キャンプ|\bcamp(?:ing|ers?)?\b|glamping", "キャンプ アウトドア camping outdoor"),
    "outdoor": (
        r"アウトドア|ピクニック|バーベキュー|bbq|\boutdoors?\b|\bpicnics?\b|barbecue",
        "アウトドア 屋外 outdoor picnic",
    ),
    "hiking": (
        r"登山|ハイキング|トレッキング|\bhik(?:e|es|ing|ers?)\b|trekking|backpacking",
        "登山 ハイキング アウトドア hiking trekking",
    ),
    "beach": (r"海水浴|ビーチ|プール|\bbeach\b|\bpool\b", "ビーチ 海 beach"),
    "exercise": (
        r"ジム|筋トレ|トレーニング|運動用|ヨガ|ランニング|ジョギング|workouts?|\bgym\b|\byoga\b"
        r"|exercis(?:e|ing)|fitness|for\s+running|jogging",
        "トレーニング ヨガ ランニング スポーツ sports workout yoga running fitness",
    ),
    "golf": (r"ゴルフ|\bgolf(?:ing|ers?)?\b", "ゴルフ golf"),
    "fishing": (r"釣り(?!銭|合)|フィッシング|\bfishing\b", "釣り fishing"),
    "cycling": (
        r"自転車(?:用|で(?:使|乗))|サイクリング|ロードバイク用|\bcycling\b|\bfor\s+(?:my\s+)?bi(?:ke|cycle)\b",
        "サイクリング 自転車 cycling bike",
    ),
    "driving": (
        r"車中泊|ドライブ|車載|車内|(?:in|for)\s+(?:the\s+|my\s+)?car\b|\bdriving\b|road\s+trips?",
        "車 ドライブ 車載 car driving",
    ),
    "gardening": (
        r"ガーデニング|庭仕事|畑仕事|家庭菜園|\bgarden(?:ing)?\b",
        "ガーデニング 庭 garden",
    ),
    "bath": (
        r"お?風呂(?:場)?|入浴|浴室|(?:in|for)\s+the\s+(?:shower|bath(?:room|tub)?)",
        "風呂 入浴 防水 bath shower waterproof",
    ),
    "bedtime": (
        r"寝る(?:とき|時|前)|就寝|安眠|快眠|for\s+(?:sleep(?:ing)?|bed(?:time)?)\b",
        "睡眠 安眠 sleep",
    ),
    "study": (r"勉強|受験|学習|for\s+study(?:ing)?|\bstudying\b", "勉強 学習 study"),
    "festival": (
        r"フェス(?:ティバル)?|お?祭り|花火大会|\bfestivals?\b|\bconcerts?\b",
        "フェス 祭り festival",
    ),
    "stroller": (r"ベビーカー|\b(?:stroller|pram|pushchair)\b", "ベビーカー stroller"),
    "pets": (
        r"(?:ペット|犬|猫|わんこ|にゃんこ|愛犬|愛猫)(?:用|の(?:ため|毛))|\bpet\s+hair\b|\bfor\s+(?:my\s+|the\s+|a\s+)?"
        r"(?:pets?|dogs?|cats?|pupp(?:y|ies)|kittens?)\b",
        "ペット 犬 猫 pet dog cat",
    ),
    "tea_time": (r"お茶請け|お茶うけ|おやつ(?:用|に)|tea\s*time", "お茶請け おやつ 茶菓子 tea"),
    "party": (r"パーティー?|宴会|\bpart(?:y|ies)\b", "パーティー party"),
    "formal": (
        r"冠婚葬祭|お葬式|葬儀|喪服|フォーマル|面接|就活|\bformal\b|\binterviews?\b|\bfuneral\b",
        "フォーマル formal ビジネス",
    ),
    "living_alone": (
        r"(?:一人|1人|ひとり|独り)(?:暮らし|ぐらし|用)|新生活|dorm(?:\s+room)?"
        r"|living\s+alone|first\s+apartment|studio\s+apartment",
        "一人暮らし 1人用 コンパクト 新生活 compact",
    ),
    "rain": (
        r"雨の日|梅雨|雨用|rainy\s+days?|for\s+(?:the\s+)?rain",
        "雨 防水 撥水 rain waterproof",
    ),
    "winter": (
        r"防寒|寒い日|冬用|真冬|for\s+(?:the\s+)?(?:winter|cold)(?:\s+weather)?|cold\s+weather",
        "冬 防寒 保温 winter warm",
    ),
    "summer": (
        r"夏用|真夏|猛暑|暑い日|for\s+(?:the\s+)?summer|hot\s+weather",
        "夏 涼感 冷感 summer cool",
    ),
    "emergency": (r"防災|災害|非常用|停電|emergenc(?:y|ies)|disaster", "防災 非常 emergency"),
    "dry_skin": (r"乾燥肌|ドライスキン|dry\s+skin", "乾燥 保湿 dry moisturizing"),
    "sensitive_skin": (r"敏感肌|sensitive\s+skin", "敏感肌 低刺激 sensitive gentle"),
    "oily_skin": (r"脂性肌|オイリー(?:肌|スキン)|oily\s+skin", "脂性肌 皮脂 oily"),
    "nursery": (
        r"子(?:供|ども)部屋|こども部屋|ベビールーム|赤ちゃん用|ベビー用|\bnursery\b",
        "ベビー 子供 nursery baby",
    ),
    "everyday": (
        r"普段使い|普段着|毎日使|デイリー|everyday(?:\s+use)?|daily\s+use",
        "普段 毎日 everyday",
    ),
}
_PATTERNS: Final = {
    name: TwoScripts(rf"(?<![a-z])(?:{pattern})(?![a-z])") for name, (pattern, _) in _TOLD.items()
}
# Most texts tell no purpose, and one glance is cheaper than forty.
_ANY = TwoScripts(rf"(?<![a-z])(?:{'|'.join(pattern for pattern, _ in _TOLD.values())})(?![a-z])")
_WORDS: Final = {name: tuple(words.split()) for name, (_, words) in _TOLD.items()}
_OCCASIONS: Final = frozenset(list(_TOLD)[: list(_TOLD).index("commute")])
_FITTING = r"にも?(?:ぴったり|最適|合う|良い|いい|使う|使える|必要|便利)な?(?:もの)?"
_TAIL = rf"(?:用|向け|{_FITTING}|で(?:使う|使える|使いたい|着る|履く))?[のなにでをへ]?"
# The people a gift is for say little of what it should be.
_PERSON = (
    r"(?:mom|mum|mother|dad|father|wife|husband|boyfriend|girlfriend|bf|gf|son|daughter|brother"
    r"|sister|friends?|boss|teacher|coworkers?|colleagues?|parents|grand(?:ma|pa|mother|father)|him"
    r"|her|someone|in-laws?|niece|nephew|aunt|uncle|nurse|couple|newlyweds)"
)
_FOR_PERSON = TwoScripts(
    rf"\b(?:for|to)\s+(?:my\s+|a\s+|the\s+|our\s+|an\s+)?(?:\w+\s+)?{_PERSON}(?:'s)?\b"
)
_RECIPIENT = TwoScripts(
    r"(?:彼氏|彼女|旦那|夫|妻|奥さん|嫁|両親|父|母|お[父母]さん|祖[父母]|おじいちゃん|おばあちゃん"
    r"|[男女]?友達|友人|ママ友|上司|同僚|先生|恋人|家族|親)(?:さん|様|ちゃん)?(?:へ|にも?|の|への|向け|あて)"
)
_GIVING = re.compile(
    r"(?:を|に)?(?:あげたい|あげる|送りたい|渡したい|渡す|喜ばれる|もらって嬉しい)"
)
_IDEAS = re.compile(r"\bideas?\b|(?:の|に)?アイデア")


def purposes(text: str, category: str | None = None) -> tuple[tuple[str, ...], str]:
    """What it is wanted for by name, in the order told, and the text without it.

    An activity that stands before a noun names a kind of thing too ("travel pillow") and stays;
    one that is in the name of the category (ヨガマット) is no purpose.
    """
    kind = (category or "").casefold()
    found: dict[str, int] = {}
    rest = text
    for name, pattern in _PATTERNS.items() if _ANY.search(text) else ():
        if name not in _OCCASIONS and pattern.search(kind):
            continue
        if hit := pattern.search(rest):
            found[name] = text.find(hit[0])
            if name in _OCCASIONS or not _names_a_thing(rest, hit):
                rest = _without(rest, hit)
    if not found and not _FOR_PERSON.search(rest):
        return (), text
    if not found:
        found["gift"] = 0
    if _OCCASIONS & found.keys():
        for aside in (_FOR_PERSON, _RECIPIENT, _GIVING, _IDEAS):
            rest = aside.sub(" ", rest)
    return tuple(sorted(found, key=lambda name: found[name])), rest


def purpose_words(names: Iterable[str]) -> tuple[str, ...]:
    """Words in both languages that a product for these purposes has in its text."""
    return tuple(dict.fromkeys(word for name in names for word in _WORDS[name]))


def _names_a_thing(text: str, hit: re.Match[str]) -> bool:
    before = text[: hit.start()].rstrip()
    return (
        hit[0][0].isascii()
        and not before.endswith((" for", " to"))
        and not hit[0].startswith("for")
        and before not in ("for", "to")
        and re.match(r"\s+(?!for\b|with\b|in\b|under\b|and\b)[a-z]", text[hit.end() :]) is not None
    )


def _without(text: str, hit: re.Match[str]) -> str:
    before = re.sub(r"\b(?:for|to|on)\s+(?:a|an|the|my|our)?\s*$", " ", text[: hit.start()])
    after = re.sub(rf"^{_TAIL}", " ", text[hit.end() :])
    return f"{before} {after}"
