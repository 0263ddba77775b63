"""Takes the stickers' pictures for channels that show no SVG: `python -m tests.browser.stickers`.

`node ui/scripts/stickers.mjs` draws them first. They stand on white: some channels show no
transparency.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.find_chromium import find

FOLDER = Path(__file__).parents[2] / "kaiwa" / "web" / "stickers"


def main() -> None:
    """Every drawing beside its picture, 320 by 320."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": 320, "height": 320}, reduced_motion="reduce", color_scheme="light"
        )
        for drawing in sorted(FOLDER.glob("*.svg")):
            page.set_content(
                "<style>body{margin:0;background:#fff}svg{width:320px;height:320px}</style>"
                + drawing.read_text("utf-8")
            )
            page.screenshot(path=str(drawing.with_suffix(".png")))
        browser.close()


if __name__ == "__main__":
    main()
