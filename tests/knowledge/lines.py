"""Reads the lists of questions beside this file: `- line => entry`, `=> -` or nothing for none."""

from pathlib import Path

from kaiwa.knowledge.importing import read_faq
from kaiwa.knowledge.retrieval import FaqIndex

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "demo" / "faq.csv"


def lines(name: str) -> list[tuple[str, str | None]]:
    """Each line with the question that answers it, None where nothing does."""
    found = [line[2:] for line in (HERE / name).read_text("utf-8").splitlines() if line[:2] == "- "]
    pairs = (line.partition(" => ") for line in found)
    return [(said, None if wanted in ("", "-") else wanted) for said, _, wanted in pairs]


def index(path: Path) -> FaqIndex:
    """The index over a FAQ file, none of whose rows may be refused."""
    report = read_faq(path.read_bytes())
    assert report.refused == ()
    return FaqIndex(report.taken)
