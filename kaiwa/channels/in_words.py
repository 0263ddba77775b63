"""Rich blocks in words, for channels that have no card of their own for them.

`InWords.label` is what stands on the link to the block's page, where a channel can show one.
"""

from collections.abc import Iterable

import msgspec

from kaiwa.vocabulary.reply import (
    Block,
    CouponBlock,
    Form,
    OrderStatusBlock,
    PaymentRequest,
    ProductCard,
    Receipt,
    ReceiptLine,
)


class InWords(msgspec.Struct, frozen=True):
    """What a block says, one thing a line, what its link is called and where it leads.

    `block` is what losses call it.
    """

    text: str
    label: str
    url: str | None
    block: str


def told(block: Block) -> InWords | None:
    """A block that is words and a link; None for those that are more than that."""
    match block:
        case CouponBlock():
            return coupon(block)
        case Receipt():
            return receipt(block)
        case OrderStatusBlock():
            return order(block)
        case PaymentRequest():
            return payment(block)
        case Form(url=str(url)) if url.strip():
            return form(block)
        case _:
            return None


def coupon(block: CouponBlock) -> InWords:
    """The code, what it is worth and until when."""
    expires = f"⏳ {block.expires_at:%Y-%m-%d %H:%M %Z}".rstrip() if block.expires_at else ""
    text = lines([block.title, block.code, block.description, expires])
    return InWords(text or block.alt_text, f"🎟 {block.code}", block.url, "coupon")


def receipt(block: Receipt) -> InWords:
    """Every line and entry, and the total."""
    sums = [amount(line) for line in (*block.lines, *block.entries)]
    text = lines([f"🧾 {block.number}", *sums, block.total.label()])
    return InWords(text, f"🧾 {block.number}", block.url, "receipt")


def order(block: OrderStatusBlock) -> InWords:
    """Where the order is among its steps, and who carries it."""
    carried = f"{block.carrier} {block.tracking_number}".strip()
    text = lines([block.number, block.status, *steps(block), carried])
    label = f"🚚 {block.tracking_number or block.number}"
    return InWords(text or block.alt_text, label, block.url, "order_status")


def payment(block: PaymentRequest) -> InWords:
    """What is to be paid."""
    total = block.total.label()
    return InWords(lines([block.title, total]), f"💳 {total}", block.url, "payment_request")


def form(block: Form) -> InWords:
    """The form's title; its link is called as its button."""
    title = block.title.strip() or block.alt_text.strip()
    return InWords(title, block.submit_label.strip() or title, block.url, "form")


def asked(block: Form) -> str:
    """A form without a page: its title and what it asks."""
    return lines([form(block).text, *questions(block)])


def questions(block: Form) -> list[str]:
    """What a form without a page asks, numbered, with the answers there are."""
    return [
        f"{number}. {field.label.strip()}"
        + (f" ({' / '.join(field.options)})" if field.options else "")
        for number, field in enumerate(block.fields, 1)
    ]


def steps(block: OrderStatusBlock) -> list[str]:
    """Each step with a mark: done, now, still to come."""
    marks = ("✓", "●", "○")
    return [
        f"{marks[(at >= block.step_index) + (at > block.step_index)]} {step.strip()}"
        for at, step in enumerate(block.steps)
        if step.strip()
    ]


def price(card: ProductCard) -> str:
    """What a product costs, and in brackets what it did; empty when that is not said."""
    if card.price is None:
        return ""
    label, was = card.price.label(), card.compare_at
    return f"{label} ({was.label()})" if was and was != card.price else label


def amount(line: ReceiptLine) -> str:
    """One line of a receipt: what, how many when more than one, and its sum."""
    return f"{article(line)}  {line.total.label()}"


def article(line: ReceiptLine) -> str:
    """What a line of a receipt is of, and how many when more than one."""
    times = f" × {line.quantity}" if line.quantity != 1 else ""
    return f"{line.title.strip()}{times}"


def lines(parts: Iterable[str]) -> str:
    """The parts that say something, one a line."""
    return "\n".join(part.strip() for part in parts if part.strip())
