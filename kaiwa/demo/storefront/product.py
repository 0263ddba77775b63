"""A product's page: its pictures, its choices, how to buy it and what there is to know."""

from collections.abc import Sequence
from html import escape
from typing import Final

from kaiwa.demo.storefront.frame import Page, crumbs, icon, root
from kaiwa.demo.storefront.goods import FEW, Choice, Good, picture_of
from kaiwa.demo.storefront.words import DEPARTMENTS, WORDS
from kaiwa.vocabulary.language import Language

_VAN: Final = (
    "M3 6.5h10.5v9.5H3zM13.5 10h4l3 3v3h-7M6.5 18.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5"
    "M17 18.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5"
)


def product(good: Good, language: Language, inbox_key: str, beside: str) -> Page:
    """The page of a product; `beside` is what else is shown under it."""
    say, one = WORDS[language], good.product
    place = next((d for d in DEPARTMENTS if d.tag == good.department), DEPARTMENTS[0])
    name = place.names[language]
    steps = [(name, f"{root(language)}{place.page}.html"), (one.title, "")]
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in one.body.splitlines())
    looks = _looks(good, language)
    middle = f"""{crumbs(language, steps)}
<div class="product{"" if looks else " product-one"}">{looks}
<img class="picture" data-picture src="{picture_of(good, good.first)}" alt="{escape(one.title)}" \
width="600" height="600">
<div class="about">
<p class="kind">{escape(one.category)}</p>
<h1>{escape(one.title)}</h1>
<div class="sum">{price_words(good.first, language)}
<p class="fast">{icon(_VAN)}{say["fast"]}</p></div>
<div class="lead">{paragraphs}</div>
{_form(good, language, inbox_key)}
<button class="ask" type="button" data-ask>{say["ask"]}</button>
<h2 class="unseen">{say["spec"]}</h2>
{_spec(good, language)}
</div></div>
<section class="wide"><h2>{say["related"]}</h2>{beside}</section>"""
    body = (
        f' data-product="{escape(one.handle)}" data-title="{escape(one.title)}"'
        f' data-price="{good.first.price.amount_minor}"'
    )
    return Page(f"{one.handle}.html", one.title, middle, body, place.page)


def price_words(one: Choice, language: Language, *, more: bool = False) -> str:
    """A price with its tax, and what it was before."""
    say = WORDS[language]
    tax = say["tax_reduced"] if one.reduced else say["tax"]
    mark = ("" if language == "ja" else " ") + say["from"] if more else ""
    old = (
        f' <s><span class="unseen">{say["before"]}</span> {one.before.label()}</s>'
        if one.before
        else ""
    )
    return f'<p class="price">{one.price.label()}{mark} <small>{tax}</small>{old}</p>'


def _looks(good: Good, language: Language) -> str:
    paints = {one.paint: one for one in good.choices if one.paint}
    if len(paints) < 2:
        return ""
    buttons = "".join(
        f'<li><button type="button" data-look="{picture_of(good, one)}" aria-pressed='
        f'"{"true" if paint == good.first.paint else "false"}"><img src="{picture_of(good, one)}" '
        f'alt="{escape(one.options[0][1])}" width="600" height="600"></button></li>'
        for paint, one in paints.items()
    )
    return f'<ul class="looks" aria-label="{WORDS[language]["pictures"]}">{buttons}</ul>'


def _form(good: Good, language: Language, inbox_key: str) -> str:
    say = WORDS[language]
    there = any(one.left for one in good.choices)
    buy = (
        f"""<div class="buy"><div class="stepper">
<button type="button" data-step="-1" aria-label="{say["less"]}">−</button>
<input name="quantity" inputmode="numeric" value="1" aria-label="{say["quantity"]}" maxlength="2">
<button type="button" data-step="1" aria-label="{say["more"]}">+</button></div>
<button class="button" type="submit" data-add>{say["add"]}</button></div>
<button class="button second" type="submit">{say["buy"]}</button>"""
        if there
        else f'<p class="gone">{say["gone_note"]}</p>'
    )
    return f"""<form method="post" action="/shop/{escape(inbox_key)}/checkout" data-buy>
<input type="hidden" name="language" value="{language}">
{_choices(good, language)}
<p class="stock" data-stock>{stock_words(good.first, language)}</p>
{buy}
<p class="done" role="status" data-done data-words="{say["done"]}"></p>
</form>"""


def stock_words(one: Choice, language: Language) -> str:
    """How many there are, as a shopper wants to know it."""
    say = WORDS[language]
    if one.left > FEW:
        return say["in_stock"]
    return say["few"].format(count=one.left) if one.left else say["gone"]


def _choices(good: Good, language: Language) -> str:
    """Radios that carry the SKU; where colours have sizes, a group of sizes for each colour."""
    first = good.first
    if not first.options:
        return f'<input type="hidden" name="sku" value="{escape(first.sku)}">'
    if not first.paint:
        return _group(first.options[0][0], good.choices, first, language, at=0)
    if len(first.options) == 1:
        radios = "".join(_swatch(good, one, one is first, language) for one in good.choices)
        return _fieldset(first.options[0], radios)
    paints = {one.paint: one for one in good.choices}
    colours = "".join(_colour(good, one, paint == first.paint) for paint, one in paints.items())
    groups = "".join(
        f'<div data-of="{paint}">'
        + _group(
            f"{one.options[1][0]}（{one.options[0][1]}）"
            if language == "ja"
            else f"{one.options[1][0]} ({one.options[0][1]})",
            [choice for choice in good.choices if choice.paint == paint],
            first,
            language,
            at=1,
        )
        + "</div>"
        for paint, one in paints.items()
    )
    return _fieldset(first.options[0], colours) + groups


def _fieldset(option: tuple[str, str], radios: str) -> str:
    name, value = option
    return (
        f"<fieldset><legend>{escape(name)} <strong data-chosen>{escape(value)}</strong></legend>"
        f"{radios}</fieldset>"
    )


def _group(
    legend: str, choices: Sequence[Choice], first: Choice, language: Language, *, at: int
) -> str:
    chips = "".join(
        f'<label class="chip"><input type="radio" name="sku" value="{escape(one.sku)}"'
        f"{_data(one, language)}{_state(one, one is first)}>"
        f"<span>{escape(one.options[at][1])}</span></label>"
        for one in choices
    )
    return f"<fieldset><legend>{escape(legend)}</legend>{chips}</fieldset>"


def _swatch(good: Good, one: Choice, chosen: bool, language: Language) -> str:
    return (
        f'<label class="swatch swatch-{one.paint}"><input type="radio" name="sku" '
        f'value="{escape(one.sku)}" data-look="{picture_of(good, one)}"{_data(one, language)}'
        f'{_state(one, chosen)}><span class="unseen">{escape(one.options[0][1])}</span></label>'
    )


def _colour(good: Good, one: Choice, chosen: bool) -> str:
    """A colour of several sizes. It says no SKU, so the form does not send it."""
    return (
        f'<label class="swatch swatch-{one.paint}"><input type="radio" form="no-form" name="colour"'
        f' data-colour="{one.paint}" data-look="{picture_of(good, one)}"'
        f'{" checked" if chosen else ""}><span class="unseen">{escape(one.options[0][1])}</span>'
        "</label>"
    )


def _data(one: Choice, language: Language) -> str:
    return (
        f' data-name="{escape(one.name)}" data-price="{one.price.amount_minor}"'
        f' data-left="{stock_words(one, language)}"'
    )


def _state(one: Choice, chosen: bool) -> str:
    return (" checked" if chosen else "") + ("" if one.left else " disabled")


def _spec(good: Good, language: Language) -> str:
    say = WORDS[language]
    rows = [
        *good.product.attributes.items(),
        (say["maker"], good.product.brand),
        (say["number"], good.first.sku),
    ]
    told = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows
    )
    return f'<dl class="spec">{told}</dl>'
