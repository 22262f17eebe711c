"""The interface speaks the languages whose catalogues lie in its folder; nothing names them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.locale import languages
from kiosk.locale.translator import translator

TO_COME = ("ru", "bs", "hr", "sr", "bn", "he")
"""Languages that need files only."""


def test_every_catalogue_is_a_language_and_english_needs_none() -> None:
    """What a translator puts into the folder is offered at the next start."""
    there = {path.stem for path in languages.FOLDER.glob("*.po")} | {languages.SOURCE}
    assert set(languages.LANGUAGES) == there


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_nothing_is_said_of_nothing(language: str) -> None:
    """A refusal without a cure: a catalogue keeps its own head under the empty sentence."""
    assert translator(language)("") == ""
    assert translator(language)("", name="Ada") == ""


@pytest.mark.parametrize(
    ("language", "name", "direction"),
    [
        ("fr", "Français", "ltr"),
        ("en", "English", "ltr"),
        ("ar", "العربية", "rtl"),
        ("uk", "Українська", "ltr"),
        ("he", "עברית", "rtl"),
        ("bn", "বাংলা", "ltr"),
        ("sr", "Српски", "ltr"),
        ("fr-CA", "Français", "ltr"),
        ("fa", "فارسی", "rtl"),
        ("xx", "xx", "ltr"),
        ("", "", "ltr"),
    ],
)
def test_a_language_names_itself_and_its_direction(
    language: str, name: str, direction: str
) -> None:
    """Both come from the Common Locale Data Repository, for whatever language."""
    assert languages.native_name(language) == name
    assert languages.direction(language) == direction


def test_languages_stand_by_their_own_names_script_after_script() -> None:
    """Ada finds Türkçe where she looks for it: Latin first, then Cyrillic, then Arabic."""
    named = languages.by_name(("ar", "tr", "uk", "en", "de", "es"))
    assert named == ("de", "en", "es", "tr", "uk", "ar")


@pytest.mark.parametrize("language", TO_COME)
def test_a_language_to_come_has_its_dates_and_numbers_already(language: str) -> None:
    """Without a catalogue it says English sentences, but its own months."""
    t = translator(language)
    assert t("Back") == "Back"
    assert t.date(date(2015, 6, 10)) != translator("en").date(date(2015, 6, 10))
    assert t.days_of_month(date(2015, 6, 10), date(2015, 6, 11)).count("2015") == 1


def test_a_language_counts_as_reviewed_when_its_catalogue_names_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine's work stays marked until a person whose language it is signs for it."""
    kind = '"Content-Type: text/plain; charset=utf-8\\n"'
    head = f'# Said by machine.\n{{}}#\nmsgid ""\nmsgstr ""\n{kind}\n'
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    (tmp_path / "it.po").write_text(head.format(""), encoding="utf-8")
    signed = "# Reviewed by a native reader: Carla, 2026-11-21\n"
    (tmp_path / "es.po").write_text(head.format(signed), encoding="utf-8")
    reviewed = languages.is_reviewed.__wrapped__
    assert not reviewed("it")
    assert reviewed("es")
    assert reviewed("en")
    assert not reviewed("ru")
