"""What every page of the shop has around its middle."""

from html import escape
from typing import Final

import msgspec

from kaiwa.demo.storefront.words import DEPARTMENTS, WORDS
from kaiwa.vocabulary.language import Language

_BAG: Final = "M5.5 8.5h13l1 11h-15zM8.75 8.5V7a3.25 3.25 0 0 1 6.5 0v1.5"


class Page(msgspec.Struct, frozen=True):
    """One page: where it is below its language's root, its title, its middle, its own data."""

    path: str
    title: str
    middle: str
    body: str = ""
    department: str = ""


def root(language: Language) -> str:
    """Where the pages of a language begin."""
    return "/" if language == "ja" else "/en/"


def icon(path: str) -> str:
    """A line drawing of the interface's size."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>'


def whole(page: Page, language: Language, inbox_key: str) -> str:
    """The document."""
    say = WORDS[language]
    shop = say["shop"]
    title = f"{page.title}｜{shop}" if language == "ja" else f"{page.title} | {shop}"
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/shop.css">
<script defer src="/shop.js"></script>
<script async src="/widget.js" data-shop="{escape(inbox_key)}"></script>
</head>
<body{page.body}>
<a class="skip" href="#main">{say["skip"]}</a>
{_head(page, language)}
<main id="main">
{page.middle}
</main>
{_foot(language)}
</body>
</html>
"""


def crumbs(language: Language, steps: list[tuple[str, str]]) -> str:
    """The way to this page: names with addresses, the last without one."""
    say = WORDS[language]
    items = [f'<li><a href="{root(language)}">{say["shop"]}</a></li>']
    for name, address in steps:
        text = escape(name)
        items.append(
            f'<li><a href="{address}">{text}</a></li>'
            if address
            else f'<li aria-current="page">{text}</li>'
        )
    return f'<nav class="crumbs" aria-label="{say["here"]}"><ol>{"".join(items)}</ol></nav>'


def _head(page: Page, language: Language) -> str:
    say, begin = WORDS[language], root(language)
    other: Language = "en" if language == "ja" else "ja"
    links = "".join(
        f'<li><a href="{begin}{one.page}.html"'
        f"{' aria-current=' + chr(34) + 'true' + chr(34) if one.page == page.department else ''}>"
        f"{one.names[language]}</a></li>"
        for one in DEPARTMENTS
    )
    return f"""<header>
<p class="band">{say["band"]}</p>
<div class="top">
<a class="brand" href="{begin}" aria-label="{say["home"]}"><img src="/pictures/mark.svg" alt="" \
width="30" height="30">{say["shop"]}</a>
<nav aria-label="{say["shop"]}"><ul>{links}</ul></nav>
<a class="tool" href="{root(other)}{page.path}" lang="{other}" hreflang="{other}">{say["other"]}</a>
<a class="tool bag" href="{begin}cart.html">{icon(_BAG)}<span class="unseen">{say["cart"]}</span>\
<span class="count" data-count hidden></span></a>
</div>
</header>"""


def _foot(language: Language) -> str:
    say = WORDS[language]
    parts = "".join(
        f"<section><h2>{say[f'foot_{at}']}</h2><p>{say[f'foot_{at}_text']}</p></section>"
        for at in (1, 2, 3)
    )
    return (
        f'<footer class="foot"><div class="foot-in">{parts}</div>'
        f'<p class="made">{say["made"]}</p></footer>'
    )
