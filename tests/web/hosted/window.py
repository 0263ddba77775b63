"""A browser without a script: follows redirects, keeps cookies, fills in the forms of a page."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from tests.web.asgi import Answer, call
from tests.web.doors import Doors

VOID = {"input", "meta", "link", "br", "img"}


class Form:
    """One form as it stands on the page."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").upper()
        self.fields: list[tuple[str, str]] = []


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._select = self._textarea = self._link = ""
        self._options: list[tuple[str, bool]] = []
        self._inside = False
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given))
            self._inside = True
        elif tag == "a":
            self._link = given.get("href", "")
        elif tag in ("style", "script", "title"):
            self._quiet += 1
        elif self._inside:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input" and name and "disabled" not in given:
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.forms[-1].fields.append((name, given.get("value", "")))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option":
            self._options.append((given.get("value", "\0"), "selected" in given))
        elif tag == "textarea":
            self._textarea = name
            self.forms[-1].fields.append((name, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "a":
            self._link = ""
        elif tag in ("style", "script", "title"):
            self._quiet -= 1
        elif tag == "select":
            chosen = [value for value, on in self._options if on] or [self._options[0][0]]
            self.forms[-1].fields.append((self._select, chosen[0]))
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or self._quiet:
            return
        if self._select and self._options[-1][0] == "\0":
            self._options[-1] = (text, self._options[-1][1])
            return
        if self._textarea:
            self.forms[-1].fields[-1] = (self._textarea, text)
        if self._link:
            self.links.append((text, self._link))
        self.words.append(text)


class Window:
    """What one person has open. `path` is where they are, `text` what they read."""

    def __init__(self, doors: Doors, language: str = "ja") -> None:
        self._doors = doors
        self._language = language
        self.cookies: dict[str, str] = {}
        self.path = ""
        self.answer = Answer(0, {}, b"")

    async def go(self, target: str) -> "Window":
        """Open a page and follow where it leads."""
        return await self._ask("GET", target, b"")

    async def send(self, action: str, **fields: Any) -> "Window":
        """Fill in the form whose address ends like this, press its button, follow."""
        form = self.form(action)
        pairs = [(name, value) for name, value in form.fields if name not in fields]
        pairs += [(name, str(value)) for name, value in fields.items() if value is not None]
        return await self.post(form.action, pairs)

    async def post(self, target: str, pairs: list[tuple[str, str]], **headers: str) -> "Window":
        """Send these fields and follow."""
        return await self._ask("POST", target, urlencode(pairs).encode(), **headers)

    def form(self, action: str) -> Form:
        """The form of the page whose address ends like this."""
        found = [one for one in self._read().forms if one.action.endswith(action)]
        assert found, (action, self.answer.status, self.text)
        return found[0]

    @property
    def place(self) -> str:
        """The page without what was asked of it."""
        return self.path.partition("?")[0]

    @property
    def text(self) -> str:
        """All that is read, on one line."""
        return " ".join(self._read().words)

    def link(self, words: str) -> str:
        """Where a link with these words goes."""
        return next(target for text, target in self._read().links if words in text)

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.answer.body.decode())
        return reader

    async def _ask(self, method: str, target: str, body: bytes, **headers: str) -> "Window":
        for _ in range(6):
            given = {"accept-language": self._language, **headers}
            if self.cookies:
                jar = self._cookies_for(urlsplit(target).path)
                given["cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
            if method == "POST":
                given.setdefault("content-type", "application/x-www-form-urlencoded")
                given.setdefault("origin", "https://kaiwa.example")
            parts = urlsplit(target)
            where = parts.path + (f"?{parts.query}" if parts.query else "")
            self.answer = await call(self._doors.app, method, where, headers=given, body=body)
            self._keep(self.answer.headers.get("set-cookie", ""))
            self.path = where
            if self.answer.status != 303:
                return self
            target = urljoin(f"https://kaiwa.example{where}", self.answer.headers["location"])
            assert target.startswith("https://kaiwa.example/"), target
            method, body, headers = "GET", b"", {}
        raise AssertionError(f"It goes round in circles: {self.path}")

    def _keep(self, header: str) -> None:
        if header:
            pair, *rest = header.split("; ")
            name, _, value = pair.partition("=")
            scope = next(one for one in rest if one.startswith("Path="))
            self.cookies[f"{name} {scope.removeprefix('Path=')}"] = value

    def _cookies_for(self, path: str) -> dict[str, str]:
        known = [(*name.split(" "), value) for name, value in self.cookies.items()]
        return {name: value for name, scope, value in known if path.startswith(scope)}
