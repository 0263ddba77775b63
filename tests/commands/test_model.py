"""kaiwa model: set, show, test, off; a key is never printed."""

import io
from pathlib import Path

import pytest

from kaiwa.cli import main

KEY = "sk-never-printed"


@pytest.fixture
def data(tmp_path: Path) -> str:
    folder = str(tmp_path / "data")
    assert main(["merchant", "create", "Shop", "--email", "a@b.example", "--data", folder]) == 0
    return folder


def run(data: str, *words: str) -> int:
    return main(["model", *words, "--merchant", "shop", "--data", data])


def test_a_model_is_set_changed_shown_and_switched_off(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    assert (
        run(data, "set", "--engine", "openai", "--model", "small", "--key-from-env", "MY_KEY") == 0
    )
    assert run(data, "set", "--jobs", "phrase", "--daily-tokens", "500", "--daily-minor", "90") == 0
    capsys.readouterr()
    assert run(data, "show") == 0
    told = capsys.readouterr().out
    assert told.splitlines()[:5] == [
        "model: openai small",
        "key: kept sealed",
        "jobs: phrase; 4 s and 20000 tokens",
        "a day: 500 tokens and 90 minor units",
        "personal data: is masked",
    ]
    assert run(data, "set", "--base-url", "http://127.0.0.1:9/v1/", "--personal", "yes") == 0
    told = capsys.readouterr().out
    assert told.splitlines()[:2] == ["model: openai small at http://127.0.0.1:9/v1", "key: none"]
    assert "personal data: may leave" in told
    assert run(data, "off") == 0
    assert run(data, "show") == 0
    assert "No language model is connected." in capsys.readouterr().out
    assert KEY not in told


def test_a_key_is_read_from_standard_input(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    assert run(data, "set", "--engine", "anthropic", "--model", "m", "--key-stdin") == 0
    told = capsys.readouterr()
    assert "key: kept sealed" in told.out
    assert KEY not in told.out + told.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["set", "--jobs", "phrase"], "--engine and --model"),
        (["set", "--engine", "openai", "--model", "m"], "needs a key"),
        (["set", "--engine", "openai", "--model", "m", "--key-from-env", "NOT_THERE"], "no key in"),
        (["set", "--engine", "openai", "--model", "m", "--jobs", "sell"], "Jobs are"),
        (["off"], "No language model"),
        (["test"], "kaiwa model set"),
    ],
)
def test_what_cannot_be_says_what_to_do(
    data: str, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert run(data, *words) == 1
    assert says in capsys.readouterr().err
    assert run(data, "show") == 0
    assert "No language model" in capsys.readouterr().out


def test_a_server_that_is_not_there_is_told(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pydantic_ai")
    words = ["--engine", "openai", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"]
    assert run(data, "set", *words) == 0
    assert run(data, "test") == 1
    assert "cannot be reached" in capsys.readouterr().err
