"""What a reply becomes while it is rendered: plain lines and HTML rows side by side, and losses.

Both say the same words. Everything that enters the HTML is escaped here and nowhere else.
"""

from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from kaiwa.vocabulary.reply import Degradation

# Stands for the shop's own address until the mail is composed: only then is it known.
SHOP: Final = "shop@kaiwa.invalid"
_INK: Final = "#1f2328"
_SOFT: Final = "#57606a"
_LINE: Final = "#d0d7de"
_LINK: Final = "#0a58a6"
_FONT: Final = (
    "font-family:-apple-system,'Hiragino Sans','Noto Sans JP',Meiryo,Arial,sans-serif;"
    f"font-size:16px;line-height:1.6;color:{_INK}"
)


class Page:
    """Collects the two forms of a mail's body."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.rows: list[str] = []
        self.losses: list[Degradation] = []
        self.files: list[dict[str, str]] = []

    def lose(self, block: str, became: str, lost: str) -> None:
        """Declare that something of a block could not be shown as it was meant."""
        self.losses.append(Degradation(block, became, lost))

    def put(self, plain: str, html: str) -> None:
        """One block in both forms; a block without words is none."""
        if plain.strip():
            self.plain.append(plain.strip("\n"))
            self.rows.append(html)

    def html(self, language: str, title: str) -> str:
        """The whole document: one column that fits a phone, tables for layout marked as such."""
        rows = "".join(f'<tr><td style="padding:0 0 16px">{row}</td></tr>' for row in self.rows)
        return (
            f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light">'
            f"<title>{escape(title)}</title></head>"
            f'<body style="margin:0;padding:16px;background:#ffffff;{_FONT}">'
            '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
            f' style="width:100%;max-width:600px;{_FONT}">{rows}</table></body></html>'
        )

    def text(self) -> str:
        """The plain form."""
        return "\n\n".join(self.plain)


def words(text: str) -> str:
    """Escaped, with its line ends."""
    return escape(text.strip()).replace("\n", "<br>")


def paragraph(text: str) -> str:
    """Ordinary words."""
    return f'<div style="margin:0">{words(text)}</div>' if text.strip() else ""


def soft(text: str) -> str:
    """Words of less weight."""
    return f'<div style="margin:0;color:{_SOFT}">{words(text)}</div>' if text.strip() else ""


def heading(text: str) -> str:
    """The name of a block."""
    return f'<div style="margin:0;font-weight:bold">{words(text)}</div>' if text.strip() else ""


def boxed(*parts: str) -> str:
    """Parts that belong together."""
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="width:100%;'
        f'border:1px solid {_LINE};border-radius:8px"><tr><td style="padding:12px">'
        f"{''.join(parts)}</td></tr></table>"
    )


def picture(url: str, alt: str) -> str:
    """A picture by its address, no wider than the column; nothing that counts who looks."""
    return (
        f'<img src="{escape(url)}" alt="{escape(alt)}" width="240"'
        ' style="display:block;max-width:100%;height:auto;border:0;margin:0 0 8px">'
    )


def link(label: str, url: str) -> str:
    """A link in words."""
    return f'<a href="{escape(url)}" style="color:{_LINK}">{words(label or url)}</a>'


def button(label: str, url: str) -> str:
    """A link that looks like something to press, high enough for a thumb."""
    return (
        f'<a href="{escape(url)}" style="display:inline-block;padding:10px 16px;'
        f"margin:4px 8px 4px 0;border:1px solid {_LINK};border-radius:6px;"
        f'color:{_LINK};text-decoration:none">'
        f"{words(label or url)}</a>"
    )


def amounts(lines: list[tuple[str, str]], total: tuple[str, str] | None = None) -> str:
    """Names and sums, a real table that can be read aloud."""
    made = [_amount(name, sum_, "td") for name, sum_ in lines]
    if total is not None:
        made.append(_amount(*total, "th"))
    return (
        '<table cellpadding="0" cellspacing="0" border="0" style="width:100%;margin:8px 0">'
        f"{''.join(made)}</table>"
    )


def web_address(url: str | None) -> str:
    """The address when a mail program may open it, percent-encoded; empty otherwise."""
    plain = (url or "").strip()
    try:
        parts = urlsplit(plain)
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host or parts.username:
        return ""
    rest = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    rest += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else ""
    rest += "#" + quote(parts.fragment, safe="/?%:@!$&'()*+,;=~-._") if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{rest}"


def write_back(subject: str, text: str) -> str:
    """A link that begins an answer with `text` in it."""
    told = quote(text.encode("utf-8", "replace"), safe="")
    return f"mailto:{SHOP}?subject={quote(subject.encode('utf-8', 'replace'), safe='')}&body={told}"


def _amount(name: str, sum_: str, cell: str) -> str:
    bold = ";font-weight:bold" if cell == "th" else ""
    left = f"text-align:left;padding:4px 8px 4px 0{bold}"
    right = f"text-align:right;padding:4px 0;white-space:nowrap{bold}"
    scope = ' scope="row"' if cell == "th" else ""
    return (
        f'<tr><{cell}{scope} style="{left}">{words(name)}</{cell}>'
        f'<td style="{right}">{words(sum_)}</td></tr>'
    )
