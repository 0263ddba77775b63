"""The order a shopper wants to see things in: 安い順, cheapest, best rated, new arrivals."""

from typing import Final

from kaiwa.catalog.understanding import Order
from kaiwa.languages.two_scripts import TwoScripts

_SORTED = r"(?:(?:で|に)?(?:並べ(?:替え)?て?|ソート(?:して)?|見せて)(?:ください|下さい)?|で|に)?"
_OF = r"(?:(?:価格|値段|料金)(?:の|が)?)?"
_BY = r"(?:\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)\s+(?:by|from)\s+(?:the\s+)?)?"
_PRICES = r"(?:\bprices?\b[,:]?\s+)?(?:from\s+)?"
_TO = r"[ -]*(?:to|->|→)[ -]*"
_CHEAP = (
    rf"(?:一番|いちばん|最も|なるべく|できるだけ|とにかく)安(?:い|く)|最安(?:値)?"
    rf"|{_OF}(?:安い|低い)(?:順|(?:ほう|方)から){_SORTED}"
    r"|(?:お?(?:安め|手頃|手ごろ)|リーズナブル|格安|激安)(?:価格)?(?:な|の|で)?"
    r"|(?<![よ])安い(?!の?より)(?:の|やつ)?"
    rf"|{_BY}{_PRICES}\b(?:low(?:est)?|cheap(?:est)?){_TO}(?:high(?:est)?|expensive|dear)\b"
    r"|\bcheapest\s+first\b|\blowest\s+price[ds]?\s+first\b|\bprice\s+asc(?:ending)?\b"
    r"|\bcheap(?:est|er|ish)?\b|\b(?:lowest|low|best)[ -](?:price[ds]?|cost)\b"
    r"|\b(?:sort(?:ed)?|order(?:ed)?)\s+by\s+price\b(?!\s*[,:(]?\s*(?:desc|high|from\s+high|most))"
    r"|\binexpensive\s+first\b|\baffordable\b|\binexpensive\b|\bleast expensive\b"
    r"|\bbudget(?:[ -]friendly)?\b"
)
_DEAR = (
    r"(?:一番|いちばん|最も)(?:お?値段の?|価格の?)?(?:が)?高い(?:もの|やつ|の)?"
    rf"|{_OF}高い(?:順|(?:ほう|方)から){_SORTED}|最高額"
    rf"|{_BY}{_PRICES}\b(?:high(?:est)?|(?:most\s+)?expensive){_TO}(?:low(?:est)?|cheap(?:est)?)\b"
    r"|\bprice\s+desc(?:ending)?\b|\b(?:most\s+)?expensive\s+first\b|\bmost\s+expensive\b"
    r"|\bhighest price[ds]?\b|\bpriciest\b"
)
_RATED = (
    r"(?:評価|評判|レビュー|口コミ|クチコミ)(?:評価|点数?)?(?:が|の)?(?:一番)?(?:高い|いい|良い|よい)"
    rf"(?:順{_SORTED}|もの|やつ|(?:ほう|方)から)?|(?:レビュー|口コミ)?(?:評価|レビュー|口コミ)順{_SORTED}|高評価(?:の|な)?|好評(?:の|な)?"
    r"|(?:星|★)[45四五](?:つ)?(?:以上)?(?:の)?"
    r"|\b(?:top|best|highest|well|highly)[ -](?:rated|reviewed)\b"
    r"|\b(?:good|great|best|high|excellent)\s+(?:reviews|ratings?)\b"
    r"|\b[45](?:\.\d)?\s*\+?[ -]?stars?\b(?:\s+(?:and|or)\s+(?:up|above|more|better)|\s+rated)?"
    rf"|{_BY}\b(?:customer\s+)?ratings?\b(?!\s+of\b)(?:\s+first)?"
)
_LIKED = (
    rf"(?:一番|いちばん|今)?人気(?:no\.?\s*1|ナンバーワン|ランキング|順{_SORTED}|商品)?(?:の(?:ある)?|が?ある|で|に)?|売れ筋(?:順{_SORTED})?"
    rf"|売れて(?:い)?る順{_SORTED}|(?:よく|一番)?売れて(?:い)?る|ランキング(?:上位)?|ベストセラー"
    r"|みんな(?:が)?(?:買って|使って|選んで)(?:い)?る|よく買われて(?:い)?る|話題の|流行(?:り|って(?:い)?る)の?|トレンドの"
    r"|\b(?:best|top)[ -]?sell(?:ing|ers?)\b|\b(?:most )?popular\b|\btrending\b"
    r"|\bmost[ -](?:bought|purchased|sold|loved)\b"
    r"|\b(?:what\s+)?(?:sells|selling)\s+(?:the\s+)?(?:best|most)\b"
    rf"|{_BY}\bpopularity\b"
)
_NOT_NEW = r"(?!\s*(?:balance|era|york|zealand|orleans|baby|mom|home|house|apartment|year))"
_FRESH = (
    rf"新着(?:順{_SORTED})?|新作|最新(?:の)?|新しい順{_SORTED}|発売日(?:の|が)?(?:新しい)?順{_SORTED}"
    r"|新発売(?:の)?|最近(?:出た|入荷した|発売された|追加された)|(?:入荷した|入った|発売された|出た)ばかりの?|新商品|新製品|今季(?:の)?新作"
    rf"|{_BY}\b(?:newest|latest)(?:\s+(?:arrivals?|releases?|first))?\b"
    rf"|\bjust\s+(?:in|released|arrived|added|launched)\b|\bmost\s+recent\b|\brecently\s+(?:added|released|arrived)\b"
    rf"|\b(?:sort(?:ed)?|order(?:ed)?)\s+by\s+date\b|\b(?:brand\s+)?new(?:\s+(?:arrivals?|releases?|in))?\b{_NOT_NEW}"
)
_ORDERS: Final[tuple[tuple[Order, TwoScripts], ...]] = (
    ("price_asc", TwoScripts(_CHEAP)),
    # Before the dear ones: 評価の高い順.
    ("rated", TwoScripts(_RATED)),
    ("price_desc", TwoScripts(_DEAR)),
    ("popular", TwoScripts(_LIKED)),
    ("new", TwoScripts(_FRESH)),
)


def order(text: str) -> tuple[Order | None, str]:
    """The order asked for, and the text without it."""
    for name, pattern in _ORDERS:
        if pattern.search(text):
            return name, pattern.sub(" ", text)
    return None, text
