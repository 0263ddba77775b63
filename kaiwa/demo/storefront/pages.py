"""The home, a department and the cart."""

from collections.abc import Sequence
from html import escape

from kaiwa.demo.storefront.frame import Page, crumbs, root
from kaiwa.demo.storefront.goods import Good, picture_of
from kaiwa.demo.storefront.product import price_words
from kaiwa.demo.storefront.words import DEPARTMENTS, WORDS, Department
from kaiwa.demo.trade import FREE_FROM
from kaiwa.vocabulary.language import Language


def home(goods: Sequence[Good], language: Language) -> Page:
    """Where everybody comes in."""
    say, begin = WORDS[language], root(language)
    tiles = "".join(
        f'<li><a class="tile" href="{begin}{one.page}.html"><img src="{one.sign}" alt="" '
        f'width="600" height="600"><strong>{one.names[language]}</strong>'
        f"<span>{one.leads[language]}</span></a></li>"
        for one in DEPARTMENTS
    )
    regulars = [one for one in goods if "定番" in one.marks]
    fresh = [one for one in goods if one.marks & {"新着", "セール"} or one.cheapest.before]
    cares = "".join(
        f"<section><h3>{say[f'care_{at}']}</h3><p>{say[f'care_{at}_text']}</p></section>"
        for at in (1, 2, 3)
    )
    middle = f"""<section class="hero">
<img src="/pictures/shelf.svg" alt="{say["shelf"]}" width="1440" height="480">
<div class="hero-words"><h1>{say["hero"]}</h1><p>{say["hero_text"]}</p>
<a class="button" href="{begin}kettle.html">{say["hero_link"]}</a></div>
</section>
<section class="wide"><h2>{say["departments"]}</h2><ul class="tiles">{tiles}</ul></section>
<section class="wide"><h2>{say["picks"]}</h2>{cards(regulars[:8], language)}</section>
<section class="wide"><h2>{say["new"]}</h2>{cards(fresh[:8], language)}</section>
<section class="wide cares"><h2 class="unseen">{say["cares"]}</h2>{cares}</section>"""
    return Page("", say["line"], middle)


def department(one: Department, goods: Sequence[Good], language: Language) -> Page:
    """A department: its goods, kind by kind."""
    say = WORDS[language]
    mine = [good for good in goods if good.department == one.tag]
    kinds = dict.fromkeys(good.product.category for good in mine)
    shelves = "".join(
        f"<h2>{escape(kind)}</h2>"
        + cards([good for good in mine if good.product.category == kind], language)
        for kind in kinds
    )
    name = one.names[language]
    middle = f"""{crumbs(language, [(name, "")])}
<section class="wide first"><h1>{name}</h1>
<p class="sub">{one.leads[language]} {say["count"].format(count=len(mine))}</p>
{shelves}</section>"""
    return Page(f"{one.page}.html", name, middle, department=one.page)


def cart(language: Language, inbox_key: str) -> Page:
    """What was put into the cart, kept by this browser, and the way to the checkout."""
    say = WORDS[language]
    words = " ".join(
        f'data-{name}="{escape(say[name])}"' for name in ("remove", "free", "until", "quantity")
    )
    middle = f"""<section class="cart" data-cart data-free-from="{FREE_FROM}" {words}>
<h1>{say["cart"]}</h1>
<noscript><p>{say["no_script"]}</p></noscript>
<div data-empty hidden><p>{say["empty"]}</p>
<a class="button" href="{root(language)}">{say["see"]}</a></div>
<form data-full hidden method="post" action="/shop/{escape(inbox_key)}/checkout">
<input type="hidden" name="language" value="{language}">
<ul class="lines" data-lines></ul>
<p class="subtotal"><span>{say["subtotal"]}</span> <strong data-subtotal></strong></p>
<p class="shipping" data-shipping></p>
<button class="button" type="submit">{say["checkout"]}</button>
</form></section>"""
    return Page("cart.html", say["cart"], middle)


def cards(goods: Sequence[Good], language: Language) -> str:
    """Goods side by side."""
    return f'<ul class="cards">{"".join(_card(one, language) for one in goods)}</ul>'


def _card(good: Good, language: Language) -> str:
    say, one = WORDS[language], good.cheapest
    gone = "" if good.first.left else f'<span class="stock gone">{say["gone"]}</span>'
    return f"""<li><a class="card" href="{root(language)}{good.product.handle}.html">
<img src="{picture_of(good, good.first)}" alt="" width="600" height="600" loading="lazy">
<span class="kind">{escape(good.product.category)}</span>
<strong>{escape(good.product.title)}</strong>
{price_words(one, language, more=good.many_prices)}{gone}</a></li>"""
