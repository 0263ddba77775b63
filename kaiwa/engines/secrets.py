"""Secrets at rest: AES-256-GCM under one master key, bound to where they belong.

The key comes from the settings or is made once in the data directory, readable by its owner
only. Keys for other purposes (tokens, links) are derived from it, never the key itself.
"""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kaiwa.vocabulary.errors import Invalid, NotAuthentic

_VERSION = b"\x01"
_NONCE_BYTES = 12


class Secrets:
    """Seals and opens with one master key of 32 bytes."""

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != 32:
            raise Invalid("The master key must be 32 bytes, base64 written.")
        self._master_key = master_key
        self._cipher = AESGCM(self.derived("seal"))

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HMAC-SHA256 of its name under the master key)."""
        return hmac.digest(self._master_key, b"kaiwa:" + purpose.encode(), hashlib.sha256)

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt for one place (say "inbox:7"): opening it anywhere else fails."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The inverse of `seal`; `NotAuthentic` when the key or place is another one."""
        if sealed[:1] != _VERSION:
            raise NotAuthentic("This secret was sealed by another version.")
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, place.encode())
        except (InvalidTag, ValueError) as error:
            raise NotAuthentic(
                "A stored secret cannot be opened: the master key is not the one it was sealed"
                " with. Put the old key back (KAIWA_KEY or the key file in the data directory)."
            ) from error


def load_master_key(data_dir: Path, configured: str | None) -> bytes:
    """The key from the settings, else from `data_dir/master.key`, made there if there is none."""
    if configured:
        return _decode(configured)
    path = data_dir / "master.key"
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise Invalid(f"{path} can be read by others. Run: chmod 600 {path}")
    return _decode(path.read_text("ascii").strip())


def _decode(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Invalid("The master key is not base64.") from error
    if len(key) != 32:
        raise Invalid("The master key must be 32 bytes, base64 written.")
    return key


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not the process id: in a container the next process has the same.
    draft = path.with_name(f".master.key.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        # Another process made it first: its key is the key.
        return
    finally:
        draft.unlink()
