"""The small set of pictures that the documentation shows."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

WIDEST = 1600
LARGEST = 120 * 1024
"""Octets of a picture at most."""

CHOSEN = {
    "attract": "full/touch/attract.fr.1920x1080",
    "home": "full/touch/home.de.1920x1080",
    "topic": "full/touch/topic-example.fr.1920x1080",
    "conclusion": "full/touch/conclusion.fr.1920x1080",
    "statement": "full/touch/exhibit.ar.1920x1080",
    "tally": "full/touch/tally.fr.1920x1080",
    "comment": "full/touch/comment.ar.1920x1080",
    "receipt": "full/touch/receipt.de.1920x1080",
    "exchange": "full/touch/voices-all.fr.1920x1080",
    "timeline": "full/touch/timeline.de.1920x1080",
    "upright": "full/touch/attract.de.1080x1920",
    "empty": "empty/touch/tally.fr.1920x1080",
    "phone-vote": "full/phone/vote.fr.390x844",
    "phone-counted": "full/phone/counted.ar.390x844",
    "phone-receipt": "full/phone/receipt-answered.fr.390x844",
    "wall": "full/wall/question.fr.1920x1080",
    "queue": "full/desk/queue.fr.1280x800",
    "capture": "full/desk/capture.de.1280x800",
}
"""Name in docs/screens, and which picture it is."""


def keep(pictures: Path, folder: Path) -> list[str]:
    """Write the chosen pictures that were taken; return the names of those that were not."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = []
    for name, source in CHOSEN.items():
        path = pictures / f"{source}.png"
        if path.is_file():
            _keep(path, folder / f"{name}.webp")
        else:
            missing.append(name)
    return missing


def _keep(source: Path, target: Path) -> None:
    """Write it as wide and as good as fits: patterns weigh much, so width gives way last."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    for widest in (WIDEST, 1400, 1200, 1000, 800):
        picture.thumbnail((widest, widest), Image.Resampling.LANCZOS)
        for quality in (88, 80, 72, 64):
            picture.save(target, quality=quality, method=6)
            if target.stat().st_size <= LARGEST:
                return
