"""``python -m tests.pictures.example_media FOLDER``: draws the recording, makes the film, there."""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.browsers import CHROMIUM, chromium
from tests.journeys.checkout import ROOT
from tests.pictures.example_media.webm import Chunk, webm

HERE = Path(__file__).parent
LETTERING = (
    ROOT / "build/front-end/node_modules/@fontsource-variable/bricolage-grotesque/files"
    "/bricolage-grotesque-latin-wght-normal.woff2"
)
STUDIO = "https://studio.invalid/"
"""An address that no network has: only a page that came safely may encode."""

DRAWN = (4000, 2500)


def main(folder: Path) -> None:
    """Write film, still and drawing into *folder*."""
    with chromium(CHROMIUM) as browser:
        half = {"width": DRAWN[0] // 2, "height": DRAWN[1] // 2}
        page = browser.new_page(viewport=half, device_scale_factor=2)  # type: ignore[arg-type]
        empty = {"body": "<!doctype html>", "content_type": "text/html"}
        page.route("**/*", lambda route: route.fulfill(**empty))
        page.goto(STUDIO)
        _film(page, folder)
        _drawing(page, folder)


def _drawing(page: Page, folder: Path) -> None:
    letters = base64.b64encode(LETTERING.read_bytes()).decode()
    face = f"@font-face{{font-family:Lettering;src:url(data:font/woff2;base64,{letters})}}"
    style = f"<style>{face}body{{margin:0}}svg{{display:block}}</style>"
    page.set_content(style + (HERE / "recording.svg").read_text())
    page.evaluate("() => document.fonts.ready")
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    drawn.save(folder / "recording.webp", quality=72, method=6)


def _film(page: Page, folder: Path) -> None:
    page.add_script_tag(content=(HERE / "film.js").read_text())
    made = page.evaluate("() => film()")
    chunks = [
        Chunk(each["track"], each["at"], base64.b64decode(each["data"]), bool(each["key"]))
        for each in made["chunks"]
    ]
    opus = base64.b64decode(made["opus"])
    film = webm(chunks, made["width"], made["height"], made["length"], opus)
    (folder / "bench.webm").write_bytes(film)
    still = Image.open(io.BytesIO(base64.b64decode(made["still"]))).convert("RGB")
    still.resize((1280, 720), Image.Resampling.LANCZOS).save(folder / "bench.webp", quality=80)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
