"""Rich blocks in mail: products, lists, coupons, receipts, orders, payments, forms."""

from kaiwa.channels.email.page import (
    Page,
    amounts,
    boxed,
    button,
    heading,
    paragraph,
    picture,
    soft,
    web_address,
    words,
    write_back,
)
from kaiwa.channels.in_words import article, lines, questions, steps
from kaiwa.vocabulary.reply import (
    Action,
    Buttons,
    CallAction,
    Carousel,
    ChoiceList,
    CouponBlock,
    Form,
    LocationAction,
    OrderStatusBlock,
    PaymentRequest,
    ProductCard,
    QuickReplies,
    Receipt,
    ReplyAction,
    UrlAction,
)

Both = tuple[str, str]
NOTHING: Both = ("", "")


def product(card: ProductCard, page: Page) -> None:
    """One product with its picture."""
    plain, html = _card(card, page)
    page.put(plain, boxed(html))


def carousel(block: Carousel, page: Page) -> None:
    """All cards, one below the other."""
    for card in block.cards:
        product(card, page)
    if not block.cards:
        page.put(block.alt_text, paragraph(block.alt_text))
        page.lose("carousel", "text", "there were no cards")


def choices(block: ChoiceList, page: Page) -> None:
    """A title and its rows; a row that can be chosen is a link."""
    title = block.title.strip() or block.alt_text.strip()
    plain, html = [title], [heading(title)]
    for item in block.items:
        name, about = item.title.strip(), item.description.strip()
        line = f"・{name}：{about}" if name and about else f"・{name or about}"
        plain.append(line if name or about else "")
        html.append(paragraph(line) if name or about else "")
        if item.action is not None:
            told, shown = _pressed(item.action, page, "choice_list", known=name)
            plain.append(told)
            html.append(shown)
    page.put(lines(plain), boxed(*html))


def pressables(block: Buttons, page: Page) -> None:
    """A sentence with its buttons."""
    text = block.text.strip() or block.alt_text.strip()
    plain, html = _row(block.actions, page, "buttons")
    page.put(lines([text, plain]), paragraph(text) + html)


def suggestions(block: QuickReplies, page: Page) -> None:
    """Answers that can be begun with a press."""
    plain, html = _row(block.actions, page, "quick_replies")
    page.put(plain, html)


def coupon(block: CouponBlock, page: Page) -> None:
    """The code, what it is worth, until when, and where."""
    until = f"⏳ {block.expires_at:%Y-%m-%d %H:%M %Z}".rstrip() if block.expires_at else ""
    plain, html = _linked(block.title or block.code, block.url, page, "coupon")
    told = lines([block.title, block.code, block.description, until, plain])
    code = f'<div style="margin:4px 0;font-size:20px;font-weight:bold">{words(block.code)}</div>'
    shown = (heading(block.title), code, paragraph(block.description), soft(until), html)
    page.put(told or block.alt_text, boxed(*shown) if told else paragraph(block.alt_text))


def receipt(block: Receipt, page: Page) -> None:
    """Every line and entry, and the total."""
    sums = [(article(one), one.total.label()) for one in (*block.lines, *block.entries)]
    total = block.total.label()
    plain, html = _linked(block.number, block.url, page, "receipt")
    told = [block.number, *(f"{name}  {sum_}" for name, sum_ in sums), f"= {total}", plain]
    shown = (heading(block.number), amounts(sums, ("=", total)), html)
    page.put(lines(told), boxed(*shown))


def order(block: OrderStatusBlock, page: Page) -> None:
    """Where the order is among its steps, and who carries it."""
    done = steps(block)
    carried = f"{block.carrier} {block.tracking_number}".strip()
    plain, html = _linked(block.tracking_number or block.number, block.url, page, "order_status")
    told = lines([block.number, block.status, *done, carried, plain])
    shown = (heading(block.number), paragraph(block.status), *map(soft, done), paragraph(carried))
    page.put(told, boxed(*shown, html))


def payment(block: PaymentRequest, page: Page) -> None:
    """What is to be paid and the page where."""
    total = block.total.label()
    plain, html = _linked(f"{block.title} {total}".strip(), block.url, page, "payment_request")
    page.put(
        lines([block.title, total, plain]), boxed(heading(block.title), paragraph(total), html)
    )


def form(block: Form, page: Page) -> None:
    """A link to the form's page; without one, the questions."""
    title = block.title.strip() or block.alt_text.strip()
    plain, html = _linked(block.submit_label.strip() or title, block.url, page, "form")
    if plain:
        page.lose("form", "link", "fields shown on a page")
        page.put(lines([title, plain]), boxed(heading(title), html))
        return
    page.lose("form", "text", "fields to fill in")
    asked = questions(block)
    page.put(lines([title, *asked]), boxed(heading(title), *map(paragraph, asked)))


def _card(card: ProductCard, page: Page) -> Both:
    title = card.title.strip() or card.alt_text.strip()
    name = title if card.number is None else f"{card.number}. {title}"
    price = card.price.label() if card.price else ""
    if card.price and card.compare_at and card.compare_at != card.price:
        price = f"{price} ({card.compare_at.label()})"
    shown = web_address(card.image_url)
    if card.image_url and not shown:
        page.lose("product_card", "no picture", f"address a mail cannot show: {title[:60]}")
    plain, html = _row(card.actions, page, "product_card")
    told = lines([name, price, card.facts, card.stock, plain])
    parts = [heading(name), paragraph(price), paragraph(card.facts), soft(card.stock), html]
    return told, (picture(shown, title) if shown else "") + "".join(parts)


def _row(actions: tuple[Action, ...], page: Page, block: str) -> Both:
    made = [_pressed(action, page, block) for action in actions]
    html = "".join(shown for _, shown in made)
    return lines([told for told, _ in made]), f"<div>{html}</div>" if html else ""


def _pressed(action: Action, page: Page, block: str, known: str = "") -> Both:
    """An action as words and as something to press; `known` are words that stand there already."""
    label = action.label.strip()
    match action:
        case UrlAction(url=url):
            return _linked(label, url, page, block)
        case CallAction(phone=phone):
            dialled = "".join(one for one in phone if one in "+0123456789")
            return f"{label} {phone}".strip(), button(label or phone, f"tel:{dialled}")
        case LocationAction():
            page.lose(block, "text", f"button that asks for a place: {label}")
            return label, paragraph(label)
        case ReplyAction(text=text, payload=payload):
            said = text.strip() or label
            if payload is not None:
                page.lose(block, "written answer", f"a press becomes a mail that says: {said}")
            if not said:
                return NOTHING
            told = "" if known == said else f"→ {label or said}"
            return told, button(label or said, write_back("Re:", said))


def _linked(label: str, url: str | None, page: Page, block: str) -> Both:
    """A link in both forms; an address that no mail program opens is written out."""
    if not (url or "").strip():
        return NOTHING
    address = web_address(url)
    if not address:
        page.lose(block, "text", f"address a mail does not open: {label[:60]}")
        told = lines([label, (url or "").strip()])
        return told, paragraph(told)
    label = label.strip()
    return (f"{label}: {address}" if label else address), button(label, address)
