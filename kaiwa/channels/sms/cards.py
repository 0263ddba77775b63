"""Rich blocks in words: numbered products and rows, coupons, receipts, orders, payments."""

from kaiwa.channels.in_words import questions
from kaiwa.channels.sms.limits import most
from kaiwa.channels.sms.page import Page, address
from kaiwa.vocabulary.language import detect
from kaiwa.vocabulary.reply import (
    Action,
    Buttons,
    CallAction,
    Carousel,
    ChoiceList,
    CouponBlock,
    Form,
    ListItem,
    LocationAction,
    OrderStatusBlock,
    PaymentRequest,
    ProductCard,
    Receipt,
    ReceiptLine,
    ReplyAction,
    UrlAction,
)


def product(card: ProductCard, page: Page) -> None:
    """One product in words, with what can be answered and opened."""
    text = _card(card, page)
    if not text:
        page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
        return
    _no_picture(card, page)
    page.text(*text, *pressed(card.actions, page, "product_card"))


def carousel(block: Carousel, page: Page) -> None:
    """The first few products, numbered, each with its first link; the rest is declared."""
    shown = block.cards[: most("cards")]
    if not block.cards:
        page.lose("carousel", "text", "all cards")
        page.text(block.alt_text)
    answers: dict[str, list[int]] = {}
    for number, card in enumerate(shown, 1):
        text = _card(card, page, number)
        if not text:
            page.lose("product_card", "dropped", f"card without a title {card.handle}".rstrip())
            continue
        _no_picture(card, page)
        page.text(*text, _link_of(card, page))
        for word in _answers(card.actions):
            answers.setdefault(word, []).append(_numbered(card, number))
    page.text(_to_write(answers, page))
    if len(block.cards) > len(shown):
        rest = len(block.cards) - len(shown)
        page.lose("carousel", "first few", f"{rest} of {len(block.cards)} cards")


def choices(block: ChoiceList, page: Page) -> None:
    """Numbered rows under their title."""
    lines = [block.title.strip() or block.alt_text.strip()]
    for number, item in enumerate(block.items[: most("rows")], 1):
        row = _row(item, page)
        if row:
            lines.append(f"{number}. {row}")
        else:
            page.lose("choice_list", "dropped", "row without words")
    for item in block.items[most("rows") :]:
        page.lose("choice_list", "dropped", f"row beyond {most('rows')}: {item.title[:40]}")
    if any(isinstance(item.action, ReplyAction) for item in block.items):
        page.lose("choice_list", "text", "rows to press, as the customer writes the words")
    page.text(*lines)


def pressables(block: Buttons, page: Page) -> None:
    """A sentence, and its buttons in words."""
    page.text(block.text.strip() or block.alt_text, *pressed(block.actions, page, "buttons"))


def coupon(block: CouponBlock, page: Page) -> None:
    """The code, what it is worth and where to use it."""
    expires = f"-{block.expires_at:%Y-%m-%d %H:%M %Z}".rstrip() if block.expires_at else ""
    words = (block.title, block.code, block.description)
    if not any(word.strip() for word in words):
        page.text(block.alt_text)
    page.lose("coupon", "text", "a code to copy by pressing")
    page.text(*words, expires, address(block.url))


def receipt(block: Receipt, page: Page) -> None:
    """Every line and entry, and the total."""
    sums = [_sum(line) for line in (*block.lines, *block.entries)]
    page.lose("receipt", "text", "the layout of a receipt")
    page.text(block.number, *sums, f"= {block.total.label()}", address(block.url))


def order(block: OrderStatusBlock, page: Page) -> None:
    """Where the order is and how its parcel is followed."""
    parcel = f"{block.carrier.strip()} {block.tracking_number.strip()}"
    if block.steps:
        page.lose("order_status", "text", "the steps as a picture")
    page.text(f"{block.number} {block.status.strip()}", parcel, address(block.url))


def payment(block: PaymentRequest, page: Page) -> None:
    """What is to be paid and the page where."""
    page.lose("payment_request", "link", "a button to pay")
    page.text(block.title, block.total.label(), address(block.url))


def form(block: Form, page: Page) -> None:
    """The form's page; without one, its questions."""
    title = block.title.strip() or block.alt_text.strip()
    if block.url:
        page.lose("form", "link", "fields shown on a page")
        page.text(title, address(block.url))
        return
    page.lose("form", "text", "fields to fill in")
    page.text(title, *questions(block))


def pressed(actions: tuple[Action, ...], page: Page, block: str) -> list[str]:
    """Actions in words: what can be answered in one line, what can be opened or called in each."""
    opened = []
    for action in actions:
        label = action.label.strip()
        match action:
            case UrlAction(url=url):
                opened.append(f"{label} {address(url)}")
            case CallAction(phone=phone):
                opened.append(f"{label} {phone.strip()}")
            case LocationAction():
                page.lose(block, "dropped", f"button that asks for a place: {label}")
    answers = " / ".join(_answers(actions))
    if answers:
        page.lose(block, "text", f"buttons to press: {answers[:60]}")
    return [f"> {answers}" if answers else "", *opened]


def _answers(actions: tuple[Action, ...]) -> list[str]:
    """The words that can be answered."""
    said = (action for action in actions if isinstance(action, ReplyAction))
    return [word for one in said if (word := one.label.strip() or one.text.strip())]


def _to_write(answers: dict[str, list[int]], page: Page) -> str:
    """What can be answered to cards, once, with the numbers of the cards it can be said of."""
    if not answers:
        return ""
    page.lose("product_card", "written answer", f"buttons to press: {' / '.join(answers)}"[:80])
    return f"> {' / '.join(f'{word} {_span(word, numbers)}' for word, numbers in answers.items())}"


def _span(word: str, numbers: list[int]) -> str:
    """The numbers as they are written beside the word: a bare one would be a quantity."""
    named = [f"{one}番" if detect(word) == "ja" else f"#{one}" for one in numbers]
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{named[0]}-{named[-1]}"
    return ",".join(named)


def _numbered(card: ProductCard, number: int) -> int:
    return number if card.number is None else card.number


def _card(card: ProductCard, page: Page, number: int | None = None) -> list[str]:
    title = page.clipped(card.title or card.alt_text, "product_card", "title")
    if not title:
        return []
    price = card.price.label() if card.price else ""
    if card.price and card.compare_at and card.compare_at != card.price:
        price = f"{price} ({card.compare_at.label()})"
    facts = page.clipped(card.facts, "product_card", "facts")
    stock = page.clipped(card.stock, "product_card", "stock")
    if number is not None or card.number is not None:
        title = f"{_numbered(card, number or 0)}. {title}"
    return [f"{title} {price}", " ".join(part for part in (facts, stock) if part)]


def _no_picture(card: ProductCard, page: Page) -> None:
    if (card.image_url or "").strip():
        page.lose("product_card", "text", f"picture of {card.title[:40]}".strip())


def _link_of(card: ProductCard, page: Page) -> str:
    """The first link of a card among others; further ones are too long to write out."""
    links = [action for action in card.actions if isinstance(action, UrlAction)]
    for action in card.actions:
        if not isinstance(action, ReplyAction) and action not in links[:1]:
            page.lose("product_card", "dropped", f"button: {action.label[:40]}".strip())
    return address(links[0].url) if links else ""


def _row(item: ListItem, page: Page) -> str:
    title = page.clipped(item.title, "choice_list", "row title")
    about = page.clipped(item.description, "choice_list", "row description")
    words = f"{title}: {about}" if title and about else title or about
    return f"{words} {_led_to(item.action, page)}".strip()


def _led_to(action: Action | None, page: Page) -> str:
    """Where a row leads that is not answered by its words."""
    match action:
        case UrlAction(url=url):
            return address(url)
        case CallAction(phone=phone):
            return phone.strip()
        case LocationAction(label=label):
            page.lose("choice_list", "dropped", f"row that asks for a place: {label.strip()}")
    return ""


def _sum(line: ReceiptLine) -> str:
    times = f" x{line.quantity}" if line.quantity != 1 else ""
    return f"{line.title.strip()}{times} {line.total.label()}"
