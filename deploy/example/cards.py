"""Draws the cards of content/example: python deploy/example/cards.py NODE_MODULES.

NODE_MODULES is a folder of npm packages with ``@fontsource/caveat`` and ``@fontsource/aref-ruqaa``
(both OFL; used to draw only, not shipped). Pillow must have Raqm, for Arabic. The same input gives
the same pictures.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

EXAMPLE = Path(__file__).resolve().parents[2] / "content" / "example"
SIZE = (1600, 1000)
PAPER = {
    "yellow": "#f6dd7a",
    "blue": "#b9d6ea",
    "green": "#c3dfae",
    "pink": "#f2bfc4",
    "white": "#fbf8f0",
}
INK = {
    "yellow": "#2a2320",
    "blue": "#14264a",
    "green": "#17351f",
    "pink": "#3c1430",
    "white": "#a3271a",
}

WOOD = ("#b98d5c", "#a67c4e")
PAINTED = ("#5f7f86", "#7f9da3")

Card = tuple[str, str, int, int, float]
"""Paper, text (lines by ``|``), centre x and y in pixels, turn in degrees."""

BENCHES: list[Card] = [
    ("blue", "Un banc =|rien à acheter !", 350, 290, 3.0),
    ("yellow", "alle 200 m", 905, 235, -2.5),
    ("pink", "مكان نجلس|فيه معًا", 1370, 350, 4.0),
    ("green", "shade + a back|to lean on", 560, 700, -3.5),
    ("white", "Who cleans it?", 1245, 770, 2.0),
]
COUNTER: list[Card] = [
    ("green", "Online, yes.|But a door too.", 330, 250, -3.0),
    ("blue", "Ma mère n’a pas|de smartphone", 980, 290, 2.5),
    ("yellow", "jemand, der|zuhört", 310, 720, -4.0),
    ("pink", "موظف|يتكلم لغتي", 780, 700, 3.0),
    ("white", "2 channels =|2 × the cost?", 1250, 750, -2.0),
]
LANGUAGES: list[Card] = [
    ("yellow", "Amtsbrief: Ich|verstehe nichts", 350, 270, 2.0),
    ("pink", "ابنتي|تترجم لي", 830, 290, -3.0),
    ("blue", "d’abord des|mots simples", 1280, 290, 3.5),
    ("green", "5 languages, counted|again every 3 years", 440, 730, -2.0),
    ("white", "oder eine Sprache|für alle?", 1230, 730, 3.0),
]
SCHOOL: list[Card] = [
    ("yellow", "Keine Autos,|wenn es läutet", 350, 280, 2.5),
    ("pink", "نمشي معًا", 860, 250, -3.0),
    ("blue", "essayer|un trimestre", 1300, 300, 3.0),
    ("green", "measure the air|before + after", 480, 720, -2.5),
    ("white", "Et les livreurs ?", 1200, 740, 2.0),
]
REPAIR: list[Card] = [
    ("green", "repair house,|Saturday", 340, 270, -2.5),
    ("yellow", "zeigen, nicht|machen", 870, 300, 3.0),
    ("pink", "لا ترمِ، أصلح", 1340, 270, -2.0),
    ("blue", "une table, des outils,|quelqu’un qui sait", 500, 730, 2.0),
    ("white", "and our shops?", 1240, 750, -3.0),
]
LISTS: list[Card] = [
    ("yellow", "Namen an|der Tür", 300, 280, -3.0),
    ("green", "2 people per|staircase", 780, 260, 2.5),
    ("pink", "من يطرق|باب جدتي؟", 1310, 300, -2.5),
    ("blue", "sur papier :|ça marche sans courant", 500, 720, 2.5),
    ("white", "not instead of|paid staff!", 1260, 740, -2.0),
]
HOMES: list[Card] = [
    ("blue", "un tiers du|salaire, pas plus", 350, 270, 3.0),
    ("green", "1 in 4", 850, 230, -3.0),
    ("yellow", "40 Jahre|bezahlbar", 1290, 290, 2.0),
    ("pink", "بيت قريب|من عملي", 420, 720, -2.0),
    ("white", "1 in 3!", 810, 720, 3.5),
    ("white", "Wer baut dann|noch?", 1290, 740, -2.5),
]
WALL: list[Card] = [
    ("blue", "Un banc =|rien à acheter !", 280, 270, 2.0),
    ("yellow", "alle 200 m", 290, 450, -3.0),
    ("green", "shade + a back|to lean on", 270, 635, 2.5),
    ("pink", "مكان نجلس|فيه معًا", 295, 825, -2.0),
    ("yellow", "Keine Autos,|wenn es läutet", 800, 270, -2.0),
    ("pink", "نمشي معًا", 790, 450, 3.0),
    ("green", "repair house,|Saturday", 815, 640, -3.0),
    ("blue", "essayer|un trimestre", 795, 825, 2.0),
    ("green", "a door too", 1170, 290, 2.0),
    ("blue", "d’abord des|mots simples", 1400, 420, -2.5),
    ("pink", "موظف|يتكلم لغتي", 1175, 540, 2.0),
    ("yellow", "Namen an|der Tür", 1400, 690, -2.0),
    ("white", "1 in 4", 1190, 840, 3.0),
]
HEADINGS = [("sit & meet", 280), ("air & things", 790), ("doors & letters", 1290)]


def wall(noise: random.Random, low: str, high: str) -> Image.Image:
    """Return planks in the colour *high*, the gaps between them in *low*."""
    image = Image.new("RGB", SIZE, low)
    draw = ImageDraw.Draw(image)
    for top in range(0, SIZE[1], 125):
        shade = noise.randint(-9, 9)
        colour = tuple(max(0, int(high[i : i + 2], 16) + shade) for i in (1, 3, 5))
        draw.rectangle((0, top, SIZE[0], top + 121), fill=colour)
        for _ in range(26):
            y = top + noise.randint(4, 116)
            x = noise.randint(-200, SIZE[0])
            tone = tuple(max(0, c - noise.randint(4, 14)) for c in colour)
            draw.line((x, y, x + noise.randint(150, 900), y + noise.randint(-3, 3)), tone, 2)
    return image.filter(ImageFilter.GaussianBlur(1.2))


def font_of(text: str, fonts: Path, size: int) -> ImageFont.FreeTypeFont:
    """Return the hand that a line is written in: Latin or Arabic."""
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    name = "aref-ruqaa-arabic-700-normal.woff" if arabic else "caveat-latin-700-normal.woff"
    family = "aref-ruqaa" if arabic else "caveat"
    height = round(size * (0.82 if arabic else 1))
    return ImageFont.truetype(str(fonts / family / "files" / name), height)


def card(paper: str, text: str, fonts: Path, size: int) -> Image.Image:
    """Return one card with its writing, on a transparent ground."""
    lines = [(line, font_of(line, fonts, size)) for line in text.split("|")]
    width = max(round(font.getlength(line)) for line, font in lines) + round(size * 1.1)
    height = round(size * 1.05) * len(lines) + round(size * 0.9)
    image = Image.new("RGBA", (width, height), PAPER[paper])
    draw = ImageDraw.Draw(image)
    for row, (line, font) in enumerate(lines):
        middle = (width / 2, size * 0.95 + row * size * 1.05)
        draw.text(middle, line, INK[paper], font, anchor="mm")
    return image


def pin(image: Image.Image, piece: Image.Image, x: int, y: int, turn: float) -> None:
    """Hang *piece* with its middle at (x, y), turned by *turn* degrees, with its shadow and pin."""
    turned = piece.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    left, top = x - turned.width // 2, y - turned.height // 2
    shadow = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    dark = Image.new("RGBA", turned.size, (30, 18, 8, 120))
    shadow.paste(dark, (left + 9, top + 13), turned.getchannel("A"))
    shadow = shadow.filter(ImageFilter.GaussianBlur(9))
    image.paste(shadow, (0, 0), shadow)
    image.paste(turned, (left, top), turned)
    draw = ImageDraw.Draw(image)
    head = (x - 11, top + 12, x + 11, top + 34)
    draw.ellipse((head[0] + 4, head[1] + 6, head[2] + 4, head[3] + 6), fill="#6b4a2a")
    draw.ellipse(head, fill="#bd3521")
    draw.ellipse((x - 6, top + 15, x, top + 21), fill="#e88d7d")


def light(image: Image.Image) -> Image.Image:
    """Return *image* lit from the upper left, as by a window."""
    down = Image.linear_gradient("L")
    across = down.transpose(Image.Transpose.ROTATE_90)
    mask = Image.blend(down, across, 0.5).resize(SIZE)
    return Image.composite(image.point(lambda value: int(value * 0.78)), image, mask)


def draw_all(fonts: Path) -> None:
    """Draw the four pictures into the exhibition's media folders."""
    pictures = {
        "topics/communicative/media/benches.webp": (BENCHES, 92, WOOD),
        "topics/healthy/media/school.webp": (SCHOOL, 92, WOOD),
        "topics/healthy/media/repair.webp": (REPAIR, 88, WOOD),
        "topics/resilient/media/lists.webp": (LISTS, 88, PAINTED),
        "topics/connective/media/counter.webp": (COUNTER, 92, PAINTED),
        "topics/inclusive/media/languages.webp": (LANGUAGES, 88, PAINTED),
        "topics/inclusive/media/homes.webp": (HOMES, 92, PAINTED),
        "exhibits/1-summit/media/wall.webp": (WALL, 58, WOOD),
    }
    for path, (cards, size, planks) in pictures.items():
        image = wall(random.Random(path), *planks)  # noqa: S311 - the grain of wood
        if cards is WALL:
            for heading, x in HEADINGS:
                pin(image, card("white", heading, fonts, 74), x, 105, 0)
        for paper, text, x, y, turn in cards:
            pin(image, card(paper, text, fonts, size), x, y, turn)
        target = EXAMPLE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        light(image).save(target, "WEBP", quality=82, method=6)


if __name__ == "__main__":
    draw_all(Path(sys.argv[1]) / "@fontsource")
