"""A tiny exhibition of every kind of exhibit, as files, for stories to spoil in one place."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

FRONT = '+++\nstatus = "machine, unreviewed"\ntranslated_from = "en"\n+++\n'

EXHIBITION = """\
id = "harbour"
languages = ["en", "fr"]
source_language = "en"
example = false
attract = ["benches"]
topics = ["communicative"]
"""

SOURCES = """\
[[source]]
id = "exhibition"
title = "This exhibition"
language = "en"

[[source]]
id = "report"
title = "Report of the summit"
language = "fr"
publisher = "Lindmark"
published = 2026-09-07
[source.in.de]
title = "Bericht vom Gipfel"
publisher = "Stadt Lindmark"
"""

TEXT_EN = """\
# exhibition
## title
The harbour summit
## motto
Near and free
## invitation
What should a city be?
## imprint
The city of Lindmark.
## privacy
Nothing that names you is **kept**.
## accessibility
Write to us when something is in your way.
## counting
Each ballot is counted once.
"""

TEXT_FR = (
    FRONT
    + """\
# exhibition
## title
Le sommet du port
## motto
Proche et libre
## invitation
Que doit être une ville ?
## imprint
La ville de Lindmark.
## privacy
Rien de ce qui vous nomme n’est gardé.
## accessibility
Écrivez-nous si quelque chose vous gêne.
## counting
Chaque bulletin compte une fois.
"""
)

TOPIC = """\
id = "communicative"
standing = "reported"
sources = ["report"]
colour = "#bd3521"
pattern = "rings"
cities = ["lindmark"]

[[subtopic]]
id = "meeting-spaces"
standing = "reported"
sources = ["report"]
"""

EXHIBITS = """\
[[exhibit]]
id = "benches"
kind = "statement"
standing = "put"
sources = ["exhibition"]
subtopic = "meeting-spaces"
see_also = ["lindmark"]

[exhibit.question]
kind = "agree"
opens_at = 2026-09-01T00:00:00Z
closes_at = 2026-10-01T00:00:00Z

[[exhibit.passage]]
id = "why"

[[exhibit.media]]
id = "wall"
path = "media/wall.webp"
type = "image"

[[exhibit]]
id = "gardens"
kind = "question"
standing = "put"
sources = ["exhibition"]

[exhibit.question]
kind = "multiple"
choices = ["north", "south", "west"]
max_choices = 2
"""

TOPIC_TEXT_EN = """\
# communicative
## title
The communicative city
## subtopic meeting-spaces
Places to meet.

# benches
## title
A bench in every street
## question
Every street should have a bench.
## passage why
Who is tired needs a seat. *Always.*
## alt wall
Cards on a wall
## caption wall
The wall of the workshop

# gardens
## title
Gardens
## question
Where should gardens grow?
## choice north
In the north
## choice south
In the south
## choice west
In the west
"""

TOPIC_TEXT_FR = (
    FRONT
    + """\
# communicative
## title
La ville qui communique
## subtopic meeting-spaces
Des lieux où se rencontrer.

# benches
## title
Un banc dans chaque rue
## question
Chaque rue devrait avoir un banc.
## passage why
Qui est las cherche un siège. *Toujours.*
## alt wall
Des cartes sur un mur
## caption wall
Le mur de l’atelier

# gardens
## title
Les jardins
## question
Où faire pousser des jardins ?
## choice north
Au nord
## choice south
Au sud
## choice west
À l’ouest
"""
)

KINDS = """\
[[exhibit]]
id = "lindmark"
kind = "city"
standing = "reported"
sources = ["report"]
[exhibit.city]
latitude = 54.2
longitude = 11.1
country = "DE"
roles = ["host", "signatory"]

[[exhibit]]
id = "opening"
kind = "session"
standing = "reported"
sources = ["report"]
[exhibit.session]
day = 2026-09-05
starts_at = 2026-09-05T07:00:00Z
ends_at = 2026-09-05T08:00:00Z
zones = ["Europe/Berlin"]
zone_places = ["lindmark"]
form = "workshop"
[[exhibit.session.guiding_questions]]
id = "first"

[[exhibit]]
id = "near"
kind = "conclusion"
standing = "reported"
sources = ["report"]
topic = "communicative"
[exhibit.conclusion]
session = "opening"
guiding_question = "first"
approved_by = "Edda Rask"
approved_at = 2026-09-05T16:00:00Z
statements = [
  {id = "one"},
  {id = "two"},
]
[[exhibit.conclusion.dissent]]
id = "other"

[[exhibit]]
id = "summits"
kind = "timeline"
standing = "reported"
sources = ["report"]
[exhibit.timeline]
moments = [
  {id = "opened", day = 2026-09-05, last_day = 2026-09-06, exhibit = "opening"},
]

[[exhibit]]
id = "declaration"
kind = "declaration"
standing = "decided"
sources = ["report"]
[exhibit.declaration]
signed_on = 2026-09-06
signatories = ["lindmark"]

[[exhibit]]
id = "benches-built"
kind = "commitment"
standing = "decided"
sources = ["report"]
[exhibit.commitment]
city = "lindmark"
decided_on = 2026-10-01
status = "begun"
follows_from = ["near"]

[[exhibit]]
id = "welcome"
kind = "word"
standing = "reported"
sources = ["report"]
[exhibit.word]
speaker = "Runa Holt"
city = "lindmark"
said_on = 2026-09-05

[[exhibit]]
id = "free-ferry"
kind = "practice"
standing = "reported"
sources = ["report"]
[exhibit.practice]
city = "lindmark"
fields = ["transport"]
"""

_KINDS_TEXT = (
    ("lindmark", ("title",)),
    ("opening", ("title", "guiding first")),
    ("near", ("title", "lead", "statement one", "statement two", "dissent other")),
    ("summits", ("title", "moment opened", "moment-title opened")),
    ("declaration", ("title",)),
    ("benches-built", ("title", "body")),
    ("welcome", ("title", "office")),
    ("free-ferry", ("title",)),
)

CITY = """\
id = "lindmark"
languages = ["en", "fr"]
source_language = "fr"
accent = "#1f4f8f"
logo = "logo.png"
"""

CITY_TEXT_FR = """\
# exhibition
## imprint
La mairie de Lindmark.
"""

CITY_EXHIBITS = """\
[[exhibit]]
id = "our-benches"
kind = "statement"
standing = "put"
sources = ["exhibition"]
topic = "communicative"
[exhibit.question]
kind = "agree"

[[exhibit]]
id = "benches"
kind = "statement"
standing = "put"
sources = ["exhibition"]
topic = "communicative"
"""

CITY_EXHIBITS_FR = """\
# our-benches
## title
Nos bancs
## question
La place du marché a besoin d’un banc.

# benches
## title
Un banc dans chaque rue de Lindmark
"""


def picture(width: int = 8, height: int = 6, kind: str = "WEBP") -> bytes:
    """Return a picture of one colour."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "#bd3521").save(kept, kind)
    return kept.getvalue()


def _kinds_text(word: str) -> str:
    sections = (
        f"# {exhibit}\n" + "".join(f"## {field}\n{word} {field}\n" for field in fields)
        for exhibit, fields in _KINDS_TEXT
    )
    return "".join(sections)


def files() -> dict[str, bytes]:
    """Return the exhibition's files by path."""
    texts = {
        "exhibition.toml": EXHIBITION,
        "sources.toml": SOURCES,
        "text.en.md": TEXT_EN,
        "text.fr.md": TEXT_FR,
        "topics/communicative/topic.toml": TOPIC,
        "topics/communicative/exhibits.toml": EXHIBITS,
        "topics/communicative/text.en.md": TOPIC_TEXT_EN,
        "topics/communicative/text.fr.md": TOPIC_TEXT_FR,
        "exhibits/kinds/exhibits.toml": KINDS,
        "exhibits/kinds/text.en.md": _kinds_text("The"),
        "exhibits/kinds/text.fr.md": FRONT + _kinds_text("Le"),
        "cities/lindmark/city.toml": CITY,
        "cities/lindmark/text.fr.md": CITY_TEXT_FR,
        "cities/lindmark/text.en.md": _translated(CITY_TEXT_FR),
        "cities/lindmark/exhibits/ours/exhibits.toml": CITY_EXHIBITS,
        "cities/lindmark/exhibits/ours/text.fr.md": CITY_EXHIBITS_FR,
        "cities/lindmark/exhibits/ours/text.en.md": _translated(CITY_EXHIBITS_FR),
    }
    found = {path: text.encode() for path, text in texts.items()}
    found["topics/communicative/media/wall.webp"] = picture()
    found["cities/lindmark/logo.png"] = picture(kind="PNG")
    return found


def _translated(french: str) -> str:
    return FRONT.replace('"en"', '"fr"') + french


def write(folder: Path, content: dict[str, bytes] | None = None) -> Path:
    """Write the exhibition's files (or others) into *folder* and return it."""
    for path, data in (files() if content is None else content).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder
