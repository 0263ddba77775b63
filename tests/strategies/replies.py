"""Any reply: every block, in every odd shape a caller could build it."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.money import Money

ODD = "あ🍎👨‍👩‍👧‍👦🇯🇵か\u3099e\u0301\u200d\ufe0f \n。"

short = st.text(max_size=30) | st.text(alphabet=ODD, max_size=40)
long = short | st.builds(
    str.__mul__, st.text(alphabet=ODD + "abc", min_size=1, max_size=40), st.integers(1, 400)
)
urls = (
    st.sampled_from(
        [
            "",
            "not an address",
            "http://shop.example/a",
            "https://shop.example/商品/青 シャツ?色=青",
            "https://例え.jp/",
            "https:///nowhere",
            "https://[half",
            "ftp://shop.example/a",
            "javascript:alert(1)",
            "line://nv/camera",
            "tel:",
            "https://shop.example/" + "a" * 990,
            "https://shop.example/" + "漢" * 900,
        ]
    )
    | short
)
money = st.builds(Money, st.integers(-(10**9), 10**12), st.sampled_from(["JPY", "USD", "KWD"]))
some_url = st.none() | urls
files = st.none() | st.builds(
    File,
    short,
    short,
    st.sampled_from(["image/png", "image/webp", "video/mp4", "audio/mpeg"]),
    st.integers(0, 400_000_000),
)
actions = st.one_of(
    st.builds(r.ReplyAction, short, short, st.none() | short | st.text(min_size=290, max_size=310)),
    st.builds(r.UrlAction, label=short, url=urls),
    st.builds(r.CallAction, label=short, phone=short | st.just("+81312345678")),
    st.builds(r.LocationAction, short),
)
some_actions = st.lists(actions, max_size=16).map(tuple)
cards = st.builds(
    r.ProductCard,
    alt_text=short,
    title=long,
    price=st.none() | money,
    compare_at=st.none() | st.integers(0, 10**9).map(lambda amount: Money(amount, "JPY")),
    facts=long,
    image_url=some_url,
    stock=short,
    handle=short,
    number=st.none() | st.integers(0, 99),
    actions=st.lists(actions, max_size=5).map(tuple),
)
items = st.builds(r.ListItem, long, long, st.none() | actions)
lines = st.builds(r.ReceiptLine, long, st.integers(0, 99), money)
fields = st.builds(r.FormField, short, short, options=st.lists(short, max_size=4).map(tuple))
steps = st.lists(short, max_size=25).map(tuple)
dates = (
    st.none()
    | st.datetimes().map(lambda at: at.replace(tzinfo=UTC))
    | st.just(datetime(2026, 12, 31, tzinfo=UTC))
)

blocks: st.SearchStrategy[r.Block] = st.one_of(
    st.builds(r.TextBlock, text=long),
    st.builds(r.ImageBlock, alt_text=short, url=some_url, file=files, preview_url=some_url),
    st.builds(r.VideoBlock, alt_text=short, url=some_url, file=files, preview_url=some_url),
    st.builds(
        r.AudioBlock, alt_text=short, url=some_url, file=files, duration_ms=st.integers(-5, 10**6)
    ),
    st.builds(r.FileBlock, alt_text=short, url=some_url, file=files),
    cards,
    st.builds(r.Carousel, alt_text=long, cards=st.lists(cards, max_size=15).map(tuple)),
    st.builds(
        r.ChoiceList, alt_text=short, title=long, items=st.lists(items, max_size=30).map(tuple)
    ),
    st.builds(r.Buttons, alt_text=short, text=long, actions=some_actions),
    st.builds(r.QuickReplies, actions=some_actions),
    st.builds(
        r.Form,
        alt_text=short,
        title=long,
        fields=st.lists(fields, max_size=6).map(tuple),
        submit_label=short,
        url=some_url,
    ),
    st.builds(
        r.CouponBlock,
        alt_text=long,
        title=long,
        code=long,
        description=long,
        expires_at=dates,
        url=some_url,
    ),
    st.builds(
        r.Receipt,
        alt_text=short,
        number=short,
        lines=st.lists(lines, max_size=25).map(tuple),
        entries=st.lists(lines, max_size=3).map(tuple),
        total=money,
        url=some_url,
    ),
    st.builds(
        r.OrderStatusBlock,
        alt_text=short,
        number=short,
        status=long,
        steps=steps,
        step_index=st.integers(-2, 30),
        carrier=short,
        tracking_number=short,
        url=some_url,
    ),
    st.builds(r.PaymentRequest, alt_text=short, title=long, total=money, url=urls),
    st.builds(
        r.StickerBlock,
        alt_text=short,
        package=short | st.just("446"),
        sticker=short | st.just("1988"),
    ),
)
replies = st.builds(r.Reply, st.lists(blocks, max_size=8).map(tuple))
