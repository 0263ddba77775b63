"""What people meet of a channel: its name, what it asks for, and that the commands offer it."""

import json
import re
from pathlib import Path

import pytest

import kaiwa.channels
from kaiwa.channels import Ability, channel, channels
from kaiwa.cli import main
from kaiwa.vocabulary.errors import Refused
from tests.every.samples import samples_of

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
ROOT = Path(kaiwa.channels.__file__).parents[2]


def test_a_channel_is_known_by_its_own_kind(kind: str) -> None:
    found = channels()[kind]
    assert found is channel(kind)
    assert found.kind == kind
    assert SNAKE.fullmatch(kind)
    assert SNAKE.fullmatch(found.address_kind)
    assert found.name.strip() == found.name != ""
    assert all(isinstance(ability, Ability) for ability in found.abilities)


def test_credentials_have_names_labels_and_are_secret_where_they_must(kind: str) -> None:
    fields = channel(kind).credential_fields
    names = [field.name for field in fields]
    assert len(set(names)) == len(names)
    for field in fields:
        assert SNAKE.fullmatch(field.name)
        assert field.label.strip() == field.label != ""
        assert field.secret or not re.search("secret|token|password|key$", field.name)


def test_the_samples_use_the_credentials_the_channel_asks_for(kind: str) -> None:
    fields = channel(kind).credential_fields
    given = samples_of(kind).account.credentials.keys()
    assert given <= {field.name for field in fields}
    assert {field.name for field in fields if field.required} <= given


def test_a_link_opens_the_chat_and_carries_its_word(linking: str) -> None:
    account = samples_of(linking).account
    plain, carrying = (channel(linking).link(account, ref) for ref in ("", "cart_1"))
    assert plain.startswith(("https://", "sms:+", "mailto:"))
    assert carrying.startswith(plain)
    assert "cart_1" in carrying
    with pytest.raises(Refused):
        channel(linking).link(account, "two words")


def test_the_command_line_offers_it_with_its_credentials(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["channel", "add", kind, "--help"])
    assert ended.value.code == 0
    offered = capsys.readouterr().out
    for field in channel(kind).credential_fields:
        assert f"--{field.name.replace('_', '-')}" in offered


def test_the_desk_has_a_name_for_every_channel_that_ships_with_it(kind: str) -> None:
    module = type(channel(kind)).__module__
    if not module.startswith("kaiwa.channels."):
        return
    for language in ("en", "ja"):
        strings = json.loads((ROOT / "ui" / "desk" / "strings" / f"{language}.json").read_text())
        assert strings.get(f"desk.channel.{kind}", "").strip()
