"""A shop to buy from through the hosted pages: three articles, two rates, four ways to pay."""

from datetime import timedelta

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import Image, ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.engines.db import Session
from kaiwa.orders.checkout_record import Checkout, checkout_called, checkout_row
from kaiwa.orders.coupon import CouponRule, put_coupon
from kaiwa.orders.order import Order, order
from kaiwa.orders.payment_method import NewMethod, add_method
from kaiwa.orders.shipping import Rate, add_rate
from kaiwa.orders.terms import GiftWrap, Seller, Terms, set_terms
from kaiwa.vocabulary.money import Money
from tests.web.doors import CHAT, NOW, Doors
from tests.web.hosted.window import Window

TERMS = Terms(
    Seller("木立道具店", "中村 彩", "東京都武蔵野市1-2-3", "0422-00-0000", "shop@kodachi.example"),
    "T7000012050002",
    wraps=(GiftWrap("box", {"ja": "箱入り", "en": "Gift box"}, 330),),
)
ADDRESS = {
    "name": "佐藤 あかり",
    "postal_code": "１８０ー０００４",
    "region": "東京都",
    "city": "武蔵野市吉祥寺本町",
    "line1": "2-14-8",
    "line2": "コーポ欅203",
    "phone": "090-0000-1234",
    "email": "akari@example.jp",
}


class Counter:
    """The shop `Doors` opens, with something to sell."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.db = doors.db
        self.shop_id = int(doors.all("SELECT id FROM merchant WHERE slug = 'shop'")[0][0])
        self.methods = self.db.write_now(self._furnish)

    def _furnish(self, s: Session) -> dict[str, int]:
        self.put(s, "KETTLE", "細口ケトル「しずく」", 8800)
        self.put(s, "TEA", "静岡 浅蒸し煎茶 100g", 1296, tax_class="reduced")
        self.put(s, "CUP", "湯呑み", 1100, stock=1)
        add_rate(s, self.shop_id, Rate("宅急便", "yamato", amount_minor=660, free_from_minor=11000))
        add_rate(s, self.shop_id, Rate("Airmail", country="US", amount_minor=3000, days=10))
        set_terms(s, self.shop_id, TERMS)
        put_coupon(s, self.shop_id, CouponRule("HARU", "percent", percent_hundredths=1000), NOW)
        bank = {"bank": "みずほ銀行", "branch": "吉祥寺", "number": "1234567", "days": "7"}
        ways = {
            "card": NewMethod("card", "test_provider"),
            "cod": NewMethod("cod", "cash_on_delivery", fee_minor=330, most_minor=30_000),
            "bank": NewMethod("bank", "bank_transfer", settings=bank),
        }
        return {code: add_method(s, self.shop_id, new) for code, new in ways.items()}

    def put(
        self, s: Session, sku: str, title: str, amount: int, stock: int = 50, **more: object
    ) -> None:
        """An article on sale at this price."""
        change = next_change(s, self.shop_id)
        image = (Image("https://shop.example/a.jpg"),)
        text = ProductText(sku.lower(), title, images=image)
        product = put_product(s, self.shop_id, text, NOW, change)
        one = VariantText(Money(amount, "JPY"), sku=sku, weight_g=300, **more)  # type: ignore[arg-type]
        (variant,) = put_variants(s, self.shop_id, product, [one], NOW)
        set_stock(s, self.shop_id, variant, Level(stock), change)

    def price(self, sku: str, title: str, amount: int, stock: int = 50) -> None:
        """The merchant changes an article."""
        self.db.write_now(lambda s: self.put(s, sku, title, amount, stock))

    def pass_time(self, **span: float) -> None:
        """Later."""
        self.doors.clock.move(timedelta(**span).total_seconds())

    async def begin(self, *wanted: tuple[str, int], language: str = "ja") -> Window:
        """A shopper presses the button on a product page."""
        window = Window(self.doors, language)
        pairs = [(n, str(v)) for sku, q in wanted for n, v in (("sku", sku), ("quantity", q))]
        fields = [*pairs, ("language", language)]
        await window.post(f"/shop/{CHAT}/checkout", fields, origin="https://shop.example")
        assert window.answer.status == 200, window.text
        return window

    async def reviewed(
        self, way: str, *wanted: tuple[str, int], language: str = "ja", **address: str
    ) -> Window:
        """A shopper who has said everything and looks at the review."""
        window = await self.begin(*(wanted or (("KETTLE", 1), ("TEA", 2))), language=language)
        await window.send("/address", **{**ADDRESS, **address})
        await window.send("/delivery")
        await window.send("/payment", way=self.methods[way])
        return window

    def checkout(self, window: Window) -> Checkout:
        """The record behind the page."""
        key = window.path.split("?")[0].split("/")[2]
        return self.db.read_now(lambda s: checkout_row(s, *checkout_called(s, key)))

    def orders(self) -> list[Order]:
        """All orders, oldest first."""
        ids = [row[0] for row in self.doors.all("SELECT id FROM shop_order ORDER BY id")]
        return [self.db.read_now(lambda s, i=i: order(s, self.shop_id, i)) for i in ids]  # type: ignore[misc]
