"""What an operator sets: command-line options first, then KAIWA_… variables, then defaults."""

import os
from pathlib import Path

import msgspec

from kaiwa.engines.network import open_network
from kaiwa.vocabulary.errors import Invalid


class Settings(msgspec.Struct, frozen=True):
    """Where data lives and how the server is reached.

    `mail_server` are credentials as an e-mail inbox has them: what agents are mailed through.
    """

    data: Path
    database_url: str
    key: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    mail_server: dict[str, str] | None = None

    @property
    def origin(self) -> str:
        """Where browsers reach this server, without a slash at its end."""
        # Nobody reaches "every address of this machine" by that name.
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def read_settings(
    data: str | None = None, database_url: str | None = None, **server: str | int | None
) -> Settings:
    """The settings in force; `Invalid` says which one cannot be."""
    folder = Path(data or os.environ.get("KAIWA_DATA") or ".kaiwa").expanduser().absolute()
    url = database_url or os.environ.get("KAIWA_DATABASE_URL") or f"sqlite:///{folder}/kaiwa.db"
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise Invalid(
            "The database must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."
        )
    public = server.get("public_url") or os.environ.get("KAIWA_PUBLIC_URL")
    if public is not None and not str(public).startswith(("http://", "https://")):
        raise Invalid("The public URL must begin with https:// (or http:// on this machine).")
    open_network()
    return Settings(
        data=folder,
        database_url=url,
        key=os.environ.get("KAIWA_KEY"),
        host=str(server.get("host") or os.environ.get("KAIWA_HOST") or "127.0.0.1"),
        port=_port(server.get("port") or os.environ.get("KAIWA_PORT") or 8000),
        public_url=None if public is None else str(public).rstrip("/"),
        mail_server=_mail_server(),
    )


def _mail_server() -> dict[str, str] | None:
    names = {
        "smtp_server": "KAIWA_MAIL_SERVER",
        "address": "KAIWA_MAIL_FROM",
        "user": "KAIWA_MAIL_USER",
        "password": "KAIWA_MAIL_PASSWORD",
    }
    given = {name: value for name, key in names.items() if (value := os.environ.get(key))}
    if not given:
        return None
    if "smtp_server" not in given or "address" not in given:
        raise Invalid("Mail to agents needs KAIWA_MAIL_SERVER and KAIWA_MAIL_FROM.")
    return {"sender_name": "Kaiwa"} | given


def _port(value: str | int) -> int:
    try:
        port = int(value)
    except ValueError:
        port = -1
    if not 0 <= port <= 65_535:
        raise Invalid(f"The port must be a number up to 65535, not {value!r}.")
    return port
