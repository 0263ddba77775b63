"""One short reply of every kind, and the words its reader must not lose."""

from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.money import Money

SAY = r.ReplyAction("Reserve", "Please reserve it", "reserve:1")
SEE = r.UrlAction("Look", url="https://shop.example/mug")
PRICE = Money(1_980, "JPY")
MUG = r.ProductCard(
    alt_text="Blue mug, ¥1,980",
    title="Blue mug",
    price=PRICE,
    facts="350 ml",
    stock="Few left",
    actions=(SAY, SEE),
)
CUP = r.ProductCard(alt_text="White cup, ¥1,980", title="White cup", price=PRICE)

# Each with what must be readable wherever it goes.
PLAIN: list[tuple[r.Block, tuple[str, ...]]] = [
    (r.TextBlock(text="We open at ten."), ("We open at ten.",)),
    (r.TextBlock(text="十時に開きます。👨‍👩‍👧‍👦"), ("十時に開きます。👨‍👩‍👧‍👦",)),
    (MUG, ("Blue mug", "¥1,980", "350 ml", "Few left", "Reserve", "Look", SEE.url)),
    (r.Carousel(alt_text="Two", cards=(MUG, CUP)), ("Blue mug", "White cup", "Reserve")),
    (
        r.ChoiceList(
            alt_text="Colours", title="Which colour?", items=(r.ListItem("Blue", "as the sea"),)
        ),
        ("Which colour?", "Blue", "as the sea"),
    ),
    (r.Buttons(alt_text="Sure?", text="Shall I?", actions=(SAY, SEE)), ("Shall I?", "Reserve")),
    (r.QuickReplies(actions=(SAY,)), ("Reserve",)),
    (
        r.Form(
            alt_text="Address",
            title="Where to?",
            fields=(r.FormField("postcode", "Postcode"),),
            submit_label="Send",
            url="https://shop.example/form",
        ),
        ("Where to?", "https://shop.example/form"),
    ),
    (
        r.CouponBlock(alt_text="WELCOME", title="For you", code="WELCOME", description="-10%"),
        ("For you", "WELCOME", "-10%"),
    ),
    (
        r.Receipt(
            alt_text="Receipt 1001, ¥1,980",
            number="1001",
            lines=(r.ReceiptLine("Blue mug", 1, PRICE),),
            total=PRICE,
        ),
        ("1001", "Blue mug", "¥1,980"),
    ),
    (
        r.OrderStatusBlock(
            alt_text="1001 is on its way",
            number="1001",
            status="On its way",
            steps=("Packed", "On its way"),
            step_index=1,
            carrier="Yamato",
            tracking_number="1234-5678",
        ),
        ("1001", "On its way", "Yamato", "1234-5678"),
    ),
    (
        r.PaymentRequest(
            alt_text="Pay ¥1,980", title="To pay", total=PRICE, url="https://shop.example/pay"
        ),
        ("To pay", "¥1,980", "https://shop.example/pay"),
    ),
    (r.ImageBlock(alt_text="A mug", url="https://shop.example/m.png"), ("m.png",)),
    (r.VideoBlock(alt_text="A film", url="https://shop.example/m.mp4"), ("m.mp4",)),
    (r.AudioBlock(alt_text="A voice", url="https://shop.example/m.m4a"), ("m.m4a",)),
    (r.FileBlock(alt_text="Manual", url="https://shop.example/m.pdf"), ("m.pdf",)),
    (r.StickerBlock(alt_text="Thank you", package="446", sticker="1988"), ("1988",)),
]
