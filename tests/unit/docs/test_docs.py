"""The documents are held to the code: what they name exists, and what exists they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import typer.main

from deploy.setup.steps import ROOT
from kiosk import cli
from kiosk.errors import KioskError
from kiosk.exhibition.model import Kind, Standing
from kiosk.people.permissions import Role
from kiosk.people.staff_sessions import TooManyTries
from kiosk.people.tokens import Kind as TokenKind
from kiosk.settings import Settings
from kiosk.sync import apply, take
from kiosk.sync.wire import TooLarge
from kiosk.voice.comment import Status
from kiosk.voice.comment_actions import REPORT_GROUNDS
from kiosk.voice.place import Channel

DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "content" / "README.md",
]
OPERATOR = (ROOT / "docs" / "operator.md").read_text()
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text()
DEVELOPER = (ROOT / "docs" / "developer.md").read_text()
README = (ROOT / "README.md").read_text()
GLOSSARY = (ROOT / "GLOSSARY.md").read_text()

NOT_IN_THE_FILE = {"KIOSK_CONFIG", "KIOSK_BROWSER"}
"""Read from the environment by what cannot read the settings."""

WORDS = re.findall(
    r"[a-z-]+(?: [a-z-]+)*",
    """
    summit, workshop, exhibition, section, exhibit, topic, conclusion, outcome, commitment,
    good practice, city, statement, question, choice, ballot, vote, tally, comment, discussion,
    official answer, receipt, participant, resident, moderator, moderation queue, decision, report,
    erasure, kiosk, hub, desk, wall, attract screen, origin, channel, draft, edition, manifest,
    pack, overlay, outbox, inbox, feed, cursor, epoch
    """,
)


def every_command() -> dict[str, Any]:
    group = typer.main.get_command(cli.app)
    commands: dict[str, Any] = group.commands  # type: ignore[attr-defined] # a group of click's
    return commands


def options_of(command: Any) -> set[str]:
    names = {name for option in command.params for name in option.opts}
    return {name for name in names if name.startswith("--")} - {"--help"}


def told_of_command(name: str) -> str:
    """The line of the operator's table that is about a command, empty if there is none."""
    found = re.search(rf"^\| `kiosk {name}\b.*$", OPERATOR, re.MULTILINE)
    return found[0] if found else ""


def shown(value: object) -> str:
    """A setting's default as the table writes it."""
    text = str(value).lower() if isinstance(value, bool) else str(value or "")
    return f"`{text}`" if text else "empty"


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text()
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def links() -> Iterator[tuple[Path, str]]:
    for document in DOCUMENTS:
        prose = re.sub(r"^(    |\t).*$|`[^`]*`", "", document.read_text(), flags=re.MULTILINE)
        for target in re.findall(r"\]\(([^)\s]+)\)", prose):
            yield document, target


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


def defined() -> set[str]:
    """Every word that the glossary says something about."""
    lines = re.findall(r"^ *- (\*\*.+?)$", GLOSSARY, re.MULTILINE)
    return {word for line in lines for word in re.findall(r"\*\*(.+?)\*\*", line)}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_an_operator_finds_every_setting_with_its_default(name: str) -> None:
    default = shown(Settings.model_fields[name].default)
    line = f"| `KIOSK_{name.upper()}` | {default} | "
    assert line in OPERATOR, f"docs/operator.md, Settings: {line}… |"


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    known = {f"KIOSK_{name.upper()}" for name in Settings.model_fields} | NOT_IN_THE_FILE
    for document in DOCUMENTS:
        named = set(re.findall(r"\bKIOSK_[A-Z_]+[A-Z]\b", document.read_text()))
        assert named <= known, f"{document.name}: {named - known}"


def test_the_example_of_a_settings_file_can_be_loaded() -> None:
    """Names in operator.md's blocks of kiosk.toml are settings."""
    names = set(re.findall(r"^    ([a-z_]+) = (?:\"|\d|true|false)", OPERATOR, re.MULTILINE))
    assert names
    assert names <= set(Settings.model_fields)


@pytest.mark.parametrize("name", every_command())
def test_an_operator_finds_every_command_with_its_options(name: str) -> None:
    told = told_of_command(name)
    assert told, f"docs/operator.md, Commands: a line that begins with | `kiosk {name}"
    missing = [o for o in options_of(every_command()[name]) if f"`{o}" not in told]
    assert not missing, f"docs/operator.md, {name}: {missing}"


def test_no_document_names_a_command_or_option_that_does_not_exist() -> None:
    commands = every_command()
    for document in DOCUMENTS:
        for name, rest in re.findall(
            r"(?:`|^ +|bin/)kiosk ([a-z]+)([^`\n]*)", document.read_text(), re.M
        ):
            assert name in commands, f"{document.name}: kiosk {name}"
            named = set(re.findall(r"--[a-z-]+", rest))
            assert named <= options_of(commands[name]), f"{document.name}: kiosk {name}{rest}"


def test_readme_and_developers_find_every_target_of_make() -> None:
    for document, text in (("README.md", README), ("docs/developer.md", DEVELOPER)):
        named = set(re.findall(r"\bmake ([a-z-]+)(?:`|  )", text))
        assert named == targets(), f"{document}: {named ^ targets()}"


def test_every_link_leads_somewhere() -> None:
    for document, target in links():
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), f"{document.name}: {target}"
        assert not anchor or anchor in anchors(there), f"{document.name}: {target}"


def test_no_document_sends_its_reader_to_another_site() -> None:
    """Whoever reads this in a hall without a network misses nothing."""
    licence = "https://creativecommons.org/licenses/"
    outside = [target for _, target in links() if "://" in target]
    assert all(target.startswith(licence) for target in outside), outside


def test_the_glossary_defines_the_projects_words() -> None:
    missing = set(WORDS) - defined()
    assert not missing


@pytest.mark.parametrize("words", [Kind, Standing, Channel, Status, Role])
def test_the_glossary_defines_what_the_code_distinguishes(words: type[StrEnum]) -> None:
    other_name = {"practice": "good practice", "word": "official's word"}
    missing = {other_name.get(str(word), str(word)) for word in words} - defined()
    assert not missing


def test_nothing_is_defined_twice() -> None:
    words = re.findall(r"^ *- \*\*(.+?)\*\*:", GLOSSARY, re.MULTILINE)
    assert sorted(words) == sorted(set(words))


def test_the_protocol_tells_every_message_and_entry() -> None:
    for name in (take.BALLOT, *take._APPLY, *apply._APPLY):
        assert f"**`{name}`**" in PROTOCOL, f"docs/protocol.md: {name}"
    for ground in REPORT_GROUNDS:
        assert f"`{ground}`" in PROTOCOL, f"docs/protocol.md: {ground}"
    for kind in TokenKind:
        assert f"{int(kind)} {kind.name.lower()}" in PROTOCOL


def test_the_protocol_names_refusals_as_the_code_does() -> None:
    known = {(str(each.status), each.code) for each in _refusals(KioskError)}
    for each in (TooLarge, TooManyTries):
        assert (str(each.status), each.code) in known
    told = set(re.findall(r"^\| (\d{3}) \| `([a-z-]+)` ", PROTOCOL, re.MULTILINE))
    assert told
    assert told <= known


def _refusals(kind: type[KioskError]) -> Iterator[type[KioskError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _refusals(below)
