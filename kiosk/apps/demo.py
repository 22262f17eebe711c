"""`kiosk demo`: the whole exhibition on one machine, with real content and new passwords."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import qrcode
from rich.console import Console

from kiosk import clock
from kiosk.apps import administration, example_voices, hub
from kiosk.apps.processes import Group, Program, check_port
from kiosk.apps.reach import own_address
from kiosk.database.connection import Database
from kiosk.people import tokens
from kiosk.people.enrolment import HUB_NUMBER, hub_key
from kiosk.settings import Settings

STAFF = (
    ("moderator", "Moderator"),
    ("office", "Mayor's office"),
    ("mayor", "Mayor"),
    ("editor", "Editor and rapporteur"),
    ("operator", "Operator"),
    ("admin", "Administrator"),
)
"""One account for each role; its user name is the role's."""

CITY = "sceaux"
"""Whose overlay the demo shows unless KIOSK_CITY names another: the one that comes with it."""

_out = Console(highlight=False, markup=False, soft_wrap=True)


def run(load: Callable[..., Settings]) -> int:
    """Prepare the data, start hub and touchscreen, tell where they are, wait for Ctrl-C.

    Raises:
        PortTaken: one of the ports is not free; the cure names the setting.
    """
    settings = _for_everyone_in_the_network(load)
    programs = [
        *hub.programs(settings),
        Program("touch", "127.0.0.1", settings.touch_port, "KIOSK_TOUCH_PORT"),
    ]
    for program in programs:
        check_port(program)
    _out.print("Preparing the exhibition …")
    with administration.hub(settings) as database:
        passwords = prepare(database, settings)
        poster = _poster(database, settings)
    with Group(settings.data / "logs", _environment(settings)) as group:
        group.start(programs)
        _tell(settings, passwords, poster)
        return group.watch()


def prepare(database: Database, settings: Settings) -> dict[str, str]:
    """Bring data and accounts up to date; return the new password of each account."""
    now = clock.now()
    database.migrate()
    for folder in sorted(p.parent for p in settings.content.glob("*/exhibition.toml")):
        administration.publish_if_changed(database, settings, folder, now)
    if not settings.touch_identity.is_file():
        administration.enrol_on(
            database, settings.touch_identity, "Town hall", "", settings.city, "Town hall", now
        )
    example_voices.load(database, settings.content / "example", now)
    return {
        role: administration.renew_staff(database, role, role, "", settings.city, name, name, now)
        for role, name in STAFF
    }


def _for_everyone_in_the_network(load: Callable[..., Settings]) -> Settings:
    """Return the settings with the demo's own defaults, unless somebody set them."""
    settings = load()
    changes: dict[str, object] = {}
    if "city" not in settings.model_fields_set:
        changes["city"] = CITY
    if "show_examples" not in settings.model_fields_set:
        changes["show_examples"] = True
    changes["hub_url"] = f"http://127.0.0.1:{settings.hub_port}"
    changes["desk_url"] = f"http://127.0.0.1:{settings.desk_port}"
    if "public_url" not in settings.model_fields_set:
        address = own_address()
        changes["public_url"] = f"http://{address}:{settings.hub_port}"
        changes["hub_host"] = "127.0.0.1" if address == "127.0.0.1" else "0.0.0.0"  # noqa: S104 - phones in the hall's network must reach it
    changes["data"] = settings.data.absolute()
    changes["content"] = settings.content.absolute()
    changes["front_end"] = settings.front_end.absolute()
    return load(**changes)


def _environment(settings: Settings) -> dict[str, str]:
    """Return the settings as the programs' environment."""
    names = (
        "data",
        "content",
        "front_end",
        "public_url",
        "hub_url",
        "desk_url",
        "hub_host",
        "city",
    )
    environment = {f"KIOSK_{name.upper()}": str(getattr(settings, name)) for name in names}
    environment["KIOSK_SHOW_EXAMPLES"] = "true" if settings.show_examples else "false"
    return environment


def _poster(database: Database, settings: Settings) -> str:
    """Return the address in a poster's code, which does not expire."""
    key = database.write_now(hub_key)
    code = tokens.issue(key, HUB_NUMBER, tokens.Kind.POSTER, tokens.WHOLE, clock.now())
    return f"{settings.public_url}/q/{code}"


def _tell(settings: Settings, passwords: dict[str, str], poster: str) -> None:
    """Print where everything is, and the code for a phone."""
    code = qrcode.QRCode(border=2, error_correction=qrcode.ERROR_CORRECT_L)
    code.add_data(poster)
    code.make()
    code.print_ascii(out=sys.stdout, invert=True)
    touchscreen = f"http://127.0.0.1:{settings.touch_port}"
    _out.print(f"touchscreen  {touchscreen}")
    _out.print(f"phone        {settings.public_url}")
    _out.print(f"wall         {settings.public_url}/wall")
    for role, _ in STAFF:
        _out.print(f"desk         {settings.desk_url}  user {role}  password {passwords[role]}")
    _out.print(
        "Ctrl-C stops everything; what was said and counted is kept in " + str(_short(settings))
    )
    sys.stdout.flush()
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(touchscreen)


def _short(settings: Settings) -> Path:
    here = Path.cwd()
    return settings.data.relative_to(here) if settings.data.is_relative_to(here) else settings.data
