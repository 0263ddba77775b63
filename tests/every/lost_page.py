"""Writes docs/*/reference/what-is-lost.md: `python -m tests.every.lost_page`.

Four replies are rendered on every channel that ships with Kaiwa; the page says as how many
messages they leave and what is lost. A channel that is added is in it after the next run.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from kaiwa.channels import channels
from kaiwa.channels.preview import Preview, previews
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Reply

DOCS: Final = Path(__file__).parents[2] / "docs"
NOW: Final = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SHOP: Final = "https://shop.example"


def card(number: int) -> r.ProductCard:
    return r.ProductCard(
        alt_text=f"Mug {number}, ¥1,980",
        title=f"Mug {number}",
        price=Money(1_980, "JPY"),
        compare_at=Money(2_480, "JPY"),
        facts="350 ml, stoneware",
        stock="In stock",
        image_url=f"{SHOP}/mug-{number}.jpg",
        handle=f"mug-{number}",
        sku=f"MUG-{number}",
        number=number,
        actions=(
            r.ReplyAction("Add to cart", payload=f"add:mug-{number}", adds_to_cart=True),
            r.ReplyAction("More like this", payload=f"like:mug-{number}"),
            r.UrlAction("Look", url=f"{SHOP}/p/mug-{number}"),
        ),
    )


MUGS: Final = r.Carousel(alt_text="13 mugs", cards=tuple(card(n) for n in range(1, 14)))
FORM: Final = r.Form(
    alt_text="Where to?",
    title="Where shall we send it?",
    fields=(
        r.FormField("name", "Name"),
        r.FormField("postcode", "Postcode"),
        r.FormField("when", "When", options=("Morning", "Evening")),
    ),
    submit_label="Send",
    url=f"{SHOP}/f/1",
)
COUPON: Final = r.CouponBlock(
    alt_text="10% off with AUTUMN10",
    title="10% off in autumn",
    code="AUTUMN10",
    description="From ¥5,000.",
    expires_at=datetime(2026, 11, 30, 15, 0, tzinfo=UTC),
    url=f"{SHOP}/c/AUTUMN10",
)
RECEIPT: Final = r.Receipt(
    alt_text="Receipt 1001, ¥4,460",
    number="1001",
    lines=(r.ReceiptLine("Mug 1", 2, Money(3_960, "JPY")),),
    entries=(r.ReceiptLine("Shipping", 1, Money(500, "JPY")),),
    total=Money(4_460, "JPY"),
    url=f"{SHOP}/o/1001",
)
EQUIPPED: Final = "WhatsApp + catalogue + flow"
REPLIES: Final = {
    "carousel": Reply((r.TextBlock(text="These are our mugs."), MUGS)),
    "form": Reply((FORM,)),
    "coupon": Reply((COUPON,)),
    "receipt": Reply((RECEIPT,)),
}
WORDS: Final = {
    "en": {
        "title": "What is lost where",
        "intro": (
            "A reply is written once and rendered by every channel in its own way. This page is"
            " made by the code (`python -m tests.every.lost_page`), and a test notices when it is"
            " stale. Your own reply is tried with `kaiwa preview REPLY.json`."
        ),
        "messages": "Messages",
        "told": (
            "The number of messages each reply leaves as: a sentence and 13 products, each with a"
            " picture, two answers and a link; a form of three questions; a coupon; a receipt."
        ),
        "head": ["channel", "13 products", "form", "coupon", "receipt"],
        "losses": "Losses",
        "kept": (
            "Losses are kept with the message in these words, and the desk shows them: the block,"
            " what it became, and what went. `×` says how often."
        ),
        "nothing": "Nothing is lost.",
        "carousel": "13 products",
        "form": "Form",
        "coupon": "Coupon",
        "receipt": "Receipt",
    },
    "ja": {
        "title": "どこで何が失われるか",
        "intro": (
            "返信は一度だけ書かれ、チャネルごとの形に整えられます。このページはコードが作ります"
            "（`python -m tests.every.lost_page`）。古くなるとテストが知らせます。手元の返信は"
            "`kaiwa preview REPLY.json`で試せます。"
        ),
        "messages": "メッセージの数",
        "told": (
            "それぞれの返信が何通になるかを示します。一文と13の商品（それぞれ画像、答えのボタン2つ、リンク1つ）、"
            "3問のフォーム、クーポン、レシートです。"
        ),
        "head": ["チャネル", "13の商品", "フォーム", "クーポン", "レシート"],
        "losses": "失われるもの",
        "kept": (
            "失われたものは次の言葉のままメッセージとともに残り、デスクに表示されます。ブロック、代わりの形、"
            "なくなったものの順で、`×`は回数です。"
        ),
        "nothing": "何も失われません。",
        "carousel": "13の商品",
        "form": "フォーム",
        "coupon": "クーポン",
        "receipt": "レシート",
    },
}  # fmt: skip


def page(language: str) -> str:
    """The whole page in a language."""
    words = WORDS[language]
    found = {name: _own(reply) for name, reply in REPLIES.items()}
    parts = [f"# {words['title']}", str(words["intro"]), f"## {words['messages']}"]
    parts += [str(words["told"]), _table(found, words["head"]), f"## {words['losses']}"]
    parts.append(str(words["kept"]))
    for at, preview in enumerate(found["carousel"]):
        parts.append(f"### {preview.name}")
        lost = {name: many[at].degradations for name, many in found.items()}
        if not any(lost.values()):
            parts.append(str(words["nothing"]))
            continue
        parts.append("\n".join(f"- {words[name]}: {_losses(found[name][at])}"
                               for name in lost if lost[name]))  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _own(reply: Reply) -> list[Preview]:
    ours = [
        kind
        for kind, channel in channels().items()
        if type(channel).__module__.startswith("kaiwa.channels.")
    ]
    found = previews(reply, NOW, sorted(ours))
    flow = r.Flow(1, "4242", "FORM")
    blocks = tuple(
        msgspec.structs.replace(one, flow=flow) if isinstance(one, r.Form) else one
        for one in reply.blocks
    )
    for each in previews(Reply(blocks), NOW, ["whatsapp"], {"whatsapp": "1001"}):
        found.append(msgspec.structs.replace(each, name=EQUIPPED))
    return found


def _table(found: dict[str, list[Preview]], head: object) -> str:
    assert isinstance(head, list)
    rows = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    for row in zip(*found.values(), strict=True):
        counts = " | ".join(str(each.messages) for each in row)
        rows.append(f"| {row[0].name} | {counts} |")
    return "\n".join(rows)


def _losses(preview: Preview) -> str:
    """Losses of one kind in one place: how many, and the first in its words."""
    kinds = Counter((loss.block, loss.became) for loss in preview.degradations)
    firsts = {(loss.block, loss.became): loss.lost for loss in reversed(preview.degradations)}
    told = (
        f"`{block} → {became}`{f' ×{count}' if count > 1 else ''} ({firsts[block, became]})"
        for (block, became), count in kinds.items()
    )
    return "; ".join(told)


def place(language: str) -> Path:
    """Where the page is."""
    return DOCS / language / "reference" / "what-is-lost.md"


if __name__ == "__main__":
    for language in WORDS:
        place(language).write_text(page(language), "utf-8")
        sys.stdout.write(f"{place(language)}\n")
