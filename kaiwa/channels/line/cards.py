"""Blocks that become Flex: products, lists, buttons, coupons, receipts, orders, payments."""

from collections.abc import Sequence

from kaiwa.channels.line.actions import copy, open_page, pressable
from kaiwa.channels.line.flex import (
    QUIET,
    bubble,
    buttons,
    column,
    fitted,
    packed,
    pair,
    picture,
    row,
    rule,
    words,
)
from kaiwa.channels.line.limits import most
from kaiwa.channels.line.links import media_url
from kaiwa.channels.line.page import Json, Page
from kaiwa.vocabulary.cutting import units
from kaiwa.vocabulary.reply import (
    Action,
    Buttons,
    Carousel,
    ChoiceList,
    CouponBlock,
    ListItem,
    OrderStatusBlock,
    PaymentRequest,
    ProductCard,
    Receipt,
    ReceiptLine,
)


def product(card: ProductCard, page: Page) -> None:
    """One product; without any words it is left out."""
    made = _product(card, page)
    if made:
        page.flex("product_card", card.alt_text or card.title, made)


def carousel(block: Carousel, page: Page) -> None:
    """Products side by side; one that cannot be shown leaves the others standing."""
    made = [each for each in (_product(card, page) for card in block.cards) if each]
    if not made and block.alt_text.strip():
        page.lose("carousel", "text", "all cards")
        page.text(block.alt_text)
    for container in packed(made):
        page.flex("carousel", block.alt_text, container)


def choices(block: ChoiceList, page: Page) -> None:
    """Rows to press, ten to a bubble."""
    title = page.clipped(block.title or block.alt_text, "card_title", "choice_list", "title")
    rows = [each for each in (_choice(item, page) for item in block.items) if each]
    if not rows:
        page.text(block.title.strip() or block.alt_text)
        return
    head = [words(title, weight="bold", size="lg")] if title else []
    for container in packed(bubble([*head, *part]) for part in _by_tens(rows)):
        page.flex("choice_list", block.alt_text or block.title, container)


def pressables(block: Buttons, page: Page) -> None:
    """A sentence with buttons; a sentence too long for a card goes before it."""
    actions = _actions(block.actions, page, "buttons")
    text = block.text.strip() or block.alt_text.strip()
    if not actions or units(text) > most("bubble_text"):
        page.text(text)
        text = page.clipped(block.alt_text, "card_title", "buttons", "alternative text")
    if actions:
        card = bubble([words(text or "…")], buttons(actions))
        page.flex("buttons", block.text or block.alt_text, fitted(card, page, "buttons"))


def coupon(block: CouponBlock, page: Page) -> None:
    """The code in large letters, a button that copies it, and where to use it."""
    title = page.clipped(block.title, "card_title", "coupon", "title")
    code = page.clipped(block.code, "card_text", "coupon", "code")
    about = page.clipped(block.description, "card_text", "coupon", "description")
    expires = f"⏳ {block.expires_at:%Y-%m-%d %H:%M %Z}".rstrip() if block.expires_at else ""
    body = [
        *_each(title, weight="bold", size="lg"),
        *_each(code, weight="bold", size="xxl", align="center"),
        *_each(about, size="sm"),
        *_each(expires, size="xs", color=QUIET),
    ]
    footer = [copy(f"📋 {code}", block.code.strip()), _link("🎟", title, block.url, page, "coupon")]
    alt = " ".join(part for part in (block.alt_text.strip(), block.code.strip()) if part)
    _card("coupon", alt if block.code not in block.alt_text else block.alt_text, body, footer, page)


def receipt(block: Receipt, page: Page) -> None:
    """Every line and entry, ten to a bubble; the total closes the last one."""
    number = page.clipped(block.number, "card_title", "receipt", "number")
    head = _each(number, weight="bold", size="lg")
    parts = _by_tens([_sum(line, page) for line in (*block.lines, *block.entries)]) or [[]]
    parts[-1] = [*parts[-1], rule(), _total(block.total.label())]
    link = _link("🧾", number, block.url, page, "receipt")
    cards = [bubble([*head, *part]) for part in parts[:-1]]
    cards.append(bubble([*head, *parts[-1]], buttons([link]) if link else None))
    for container in packed(cards):
        page.flex("receipt", block.alt_text or number, container)


def order(block: OrderStatusBlock, page: Page) -> None:
    """Where the order is among its steps, and who carries it."""
    number = page.clipped(block.number, "card_title", "order_status", "number")
    status = page.clipped(block.status, "card_text", "order_status", "status")
    carrier = page.clipped(
        f"{block.carrier} {block.tracking_number}", "card_text", "order_status", "carrier"
    )
    body = [
        *_each(number, size="sm", color=QUIET),
        *_each(status, weight="bold", size="lg"),
        *_steps(block, page),
        *_each(carrier, size="sm"),
    ]
    link = _link("🚚", block.tracking_number or block.number, block.url, page, "order_status")
    _card("order_status", block.alt_text or block.status, body, [link], page)


def payment(block: PaymentRequest, page: Page) -> None:
    """What is to be paid and the page where; without a page only the words."""
    title = page.clipped(block.title, "card_title", "payment_request", "title")
    total = block.total.label()
    body = [*_each(title, weight="bold", size="lg"), _total(total)]
    link = _link("💳", total, block.url, page, "payment_request")
    _card("payment_request", block.alt_text or block.title, body, [link], page)


def _card(
    block: str, alt: str, body: list[Json], footer: Sequence[Json | None], page: Page
) -> None:
    if not body:
        page.text(alt)
        return
    card = bubble(body, buttons([action for action in footer if action]))
    page.flex(block, alt, fitted(card, page, block))


def _product(card: ProductCard, page: Page) -> Json | None:
    title = page.clipped(card.title or card.alt_text, "card_title", "product_card", "title")
    if not title:
        page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
        return None
    numbered = title if card.number is None else f"{card.number}. {title}"
    facts = page.clipped(card.facts, "card_text", "product_card", "facts")
    stock = page.clipped(card.stock, "card_text", "product_card", "stock")
    body = [
        words(numbered, weight="bold"),
        *_price(card),
        *_each(facts, size="sm", color=QUIET),
        *_each(stock, size="sm"),
    ]
    actions = _actions(card.actions, page, "product_card")
    return fitted(bubble(body, buttons(actions), _hero(card, page)), page, "product_card")


def _hero(card: ProductCard, page: Page) -> Json | None:
    url = media_url(card.image_url, "flex_image_url")
    if card.image_url and not url:
        page.lose("product_card", "no picture", f"address LINE does not take: {card.title}")
    return picture(url) if url else None


def _price(card: ProductCard) -> list[Json]:
    if card.price is None:
        return []
    price = words(card.price.label(), weight="bold", size="xl", flex=0)
    if card.compare_at is None or card.compare_at == card.price:
        return [row([price])]
    before = words(
        card.compare_at.label(), size="sm", color=QUIET, decoration="line-through", flex=0
    )
    return [row([price, before], spacing="md")]


def _choice(item: ListItem, page: Page) -> Json | None:
    title = page.clipped(item.title, "card_title", "choice_list", "row title")
    about = page.clipped(item.description, "card_text", "choice_list", "row description")
    if not title and not about:
        page.lose("choice_list", "dropped", "row without words")
        return None
    action = pressable(item.action, page, "choice_list") if item.action else None
    lines = [
        *_each(f"{title} ›" if action and title else title, weight="bold"),
        *_each(about, size="sm", color=QUIET),
    ]
    made = column(lines, paddingTop="8px", paddingBottom="8px")
    return {**made, "action": action} if action else made


def _actions(actions: tuple[Action, ...], page: Page, block: str) -> list[Json]:
    made = (pressable(action, page, block) for action in actions)
    return [action for action in made if action]


def _steps(block: OrderStatusBlock, page: Page) -> list[Json]:
    steps = [step for step in block.steps if step.strip()]
    if len(steps) > most("order_steps"):
        page.lose("order_status", "clipped", f"{len(steps) - most('order_steps')} steps")
    made = []
    for index, step in enumerate(steps[: most("order_steps")]):
        mark = "✓" if index < block.step_index else "●" if index == block.step_index else "○"
        label = page.clipped(step, "card_title", "order_status", "step")
        weight = "bold" if index == block.step_index else "regular"
        made.append(words(f"{mark} {label}", size="sm", weight=weight))
    return made


def _link(mark: str, label: str, url: str | None, page: Page, block: str) -> Json | None:
    action = open_page(f"{mark} {label.strip()}", url)
    if url and not action:
        page.lose(block, "dropped", f"address LINE does not take: {url[:80]}")
    return action


def _sum(line: ReceiptLine, page: Page) -> Json:
    title = page.clipped(line.title, "card_title", "receipt", "line") or "…"
    times = f" × {line.quantity}" if line.quantity != 1 else ""
    return pair(title + times, line.total.label(), size="sm")


def _total(label: str) -> Json:
    return words(label, weight="bold", size="xl", align="end")


def _each(text: str, **style: object) -> list[Json]:
    return [words(text, **style)] if text else []


def _by_tens(rows: list[Json]) -> list[list[Json]]:
    size = most("bubble_rows")
    return [rows[start : start + size] for start in range(0, len(rows), size)]
