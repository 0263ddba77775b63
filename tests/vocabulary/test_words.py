"""What is said has words for previews, search and readers, whatever block or content carries it."""

import pytest

from kaiwa.vocabulary.content import (
    Content,
    Location,
    Media,
    Postback,
    Sticker,
    Text,
    Unknown,
    Unsent,
)
from kaiwa.vocabulary.content import plain as words
from kaiwa.vocabulary.language import detect, is_language
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import (
    Block,
    Buttons,
    Carousel,
    ChoiceList,
    ImageBlock,
    ListItem,
    ProductCard,
    QuickReplies,
    ReplyAction,
    TextBlock,
    UrlAction,
    plain,
    visible,
)

KETTLE = ProductCard(
    alt_text="鉄瓶 ¥9,800",
    title="鉄瓶",
    price=Money(9800, "JPY"),
    facts="1.2L",
    stock="在庫あり",
    actions=(ReplyAction("カートに入れる"), UrlAction("見る", url="https://shop.example/k")),
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("こんにちは", "ja"),
        ("ﾊﾛｰ", "ja"),
        ("送料", "ja"),
        ("々", "ja"),
        ("iPhoneのケース", "ja"),
        ("Hello", "en"),
        ("ok", "en"),
        ("a", None),
        ("123-456", None),
        ("", None),
        ("!?", None),
        ("😀", None),
    ],
)
def test_a_language_is_guessed_from_its_script(text: str, language: str | None) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("value", "known"), [("ja", True), ("en", True), ("fr", False), (None, False), ([], False)]
)
def test_only_languages_of_the_product_are_languages(value: object, known: bool) -> None:
    assert is_language(value) is known


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (Text("はい"), "はい"),
        (Media("image", text="写真です"), "写真です"),
        (Media("image"), ""),
        (Sticker("1", "2", ("嬉しい", "わーい")), "嬉しい わーい"),
        (Sticker("1", "2", ("嬉しい",), "OK"), "OK"),
        (Postback("はい", "confirm:1"), "はい"),
        (Location(1.0, 2.0, "東京駅", "丸の内"), "東京駅 丸の内"),
        (Location(1.0, 2.0), ""),
        (Unsent(), ""),
        (Unknown("flex", "{}"), ""),
    ],
)
def test_the_words_of_what_a_customer_sends(content: Content, said: str) -> None:
    assert words(content) == said


BLOCKS: list[tuple[Block, str, list[str]]] = [
    (TextBlock(text="こちらです"), "こちらです", ["こちらです"]),
    (ImageBlock(alt_text="写真"), "写真", ["写真"]),
    (QuickReplies(actions=(ReplyAction("はい"), ReplyAction("いいえ"))), "", ["はい", "いいえ"]),
    (
        Buttons(alt_text="選ぶ", text="どれ？", actions=(ReplyAction("赤"), ReplyAction("青"))),
        "選ぶ",
        ["どれ？", "赤", "青"],
    ),
    (
        KETTLE,
        "鉄瓶 ¥9,800",
        ["鉄瓶", "¥9,800", "1.2L", "在庫あり", "カートに入れる", "見る"],
    ),
    (
        Carousel(alt_text="2点", cards=(KETTLE, ProductCard(alt_text="盆", title="盆"))),
        "2点",
        ["鉄瓶", "¥9,800", "1.2L", "在庫あり", "カートに入れる", "見る", "盆"],
    ),
    (
        ChoiceList(alt_text="色", title="色を選ぶ", items=(ListItem("赤", "人気"), ListItem("青"))),
        "色",
        ["色を選ぶ", "赤", "人気", "青"],
    ),
]


@pytest.mark.parametrize(("block", "said", "read"), BLOCKS)
def test_what_is_said_and_what_is_read_of_a_block(block: Block, said: str, read: list[str]) -> None:
    assert plain((block,)) == said
    assert visible((block,)) == read


def test_blocks_are_lines_and_suggestions_are_none() -> None:
    blocks = (TextBlock(text="一"), QuickReplies(actions=(ReplyAction("x"),)), TextBlock(text="二"))
    assert plain(blocks) == "一\n二"
    assert plain(()) == ""
