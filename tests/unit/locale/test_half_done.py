"""A catalogue that is dropped in half done, or with a slip, breaks no screen: English stands in."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from deploy.locale import __main__ as renewal
from kiosk.locale import gaps, languages
from kiosk.locale.languages import LANGUAGES
from kiosk.locale.translator import Translator, translator
from tests.unit.locale.catalogues import begun

BOSNIAN = begun(
    "bs",
    """msgid "Back"
msgstr "Nazad"

msgid "Next"
msgstr ""

#, fuzzy
msgid "Search"
msgstr "Traženje"

msgid "Language: {name}"
msgstr "Jezik: {ime}"

msgid "“{text}”"
msgstr "„{text"

msgid "{n} vote"
msgid_plural "{n} votes"
msgstr[0] "{n} glas"
msgstr[1] "{broj} glasa"
msgstr[2] "{n} glasova"
""",
)


@pytest.fixture
def bosnian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Translator:
    """What an operator in Mostar got from a friend, beside one catalogue that is complete."""
    french = (languages.FOLDER / "fr.po").read_text(encoding="utf-8")
    (tmp_path / "fr.po").write_text(french, encoding="utf-8")
    (tmp_path / "bs.po").write_text(BOSNIAN, encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    return translator.__wrapped__("bs")


def test_a_wrong_placeholder_is_said_in_english_and_logged_once(
    bosnian: Translator, caplog: pytest.LogCaptureFixture
) -> None:
    """The step is shown; the log names the sentence for the translator, and nobody's words."""
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        assert bosnian("Language: {name}", name="Amra") == "Language: Amra"
    assert bosnian.quote("Sjedimo") == "“Sjedimo”"
    assert bosnian.plural("{n} vote", "{n} votes", 2) == "2 votes"
    assert bosnian.plural("{n} vote", "{n} votes", 5) == "5 glasova"
    assert bosnian("Back") == "Nazad"
    logged = [record.getMessage() for record in caplog.records]
    assert len(logged) == 3
    assert "bs.po" in logged[0]
    assert "Language: {name}" in logged[0]
    assert "Amra" not in caplog.text
    assert "Sjedimo" not in caplog.text


def test_a_value_that_the_code_forgets_is_no_catalogue_s_fault(bosnian: Translator) -> None:
    """A slip in the program is not hidden."""
    with pytest.raises(KeyError):
        bosnian("Language: {name}", naem="Amra")


def test_what_a_catalogue_leaves_to_english_is_known(bosnian: Translator) -> None:
    """Missing, unsure, or with a wrong placeholder: each is one sentence that shows in English."""
    assert bosnian.language == "bs"
    left = gaps.left_to_english("bs")
    assert {"Next", "Search", "Language: {name}", "“{text}”", "{n} vote"} <= set(left)
    assert "Back" not in left
    assert len(left) == len(gaps.every_sentence()) - 1


def test_a_catalogue_brought_up_to_date_says_no_more_than_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What its translator marked as unsure stays unsaid, and what is left to do is counted."""
    folder = tmp_path / "kiosk" / "locale"
    folder.mkdir(parents=True)
    (folder / "bs.po").write_text(BOSNIAN, encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", folder)
    monkeypatch.setattr(renewal, "ROOT", tmp_path)
    monkeypatch.setattr("sys.argv", ["deploy.locale", "bs"])
    renewal.main()
    with (folder / "bs.po").open("rb") as file:
        search = read_po(file, locale="bs").get("Search")
    assert search is not None
    assert (search.string, search.fuzzy) == ("Traženje", True)
    left = len(gaps.left_to_english("bs"))
    assert left == len(gaps.every_sentence()) - 1
    assert f" {left} to translate" in capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def test_ours_leave_nothing_to_english(language: str) -> None:
    """The languages that come with the program are whole."""
    assert gaps.left_to_english(language) == ()


def test_a_half_done_catalogue_takes_nothing_from_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """English is read from the catalogues of others; the first of them may have just begun."""
    french = (languages.FOLDER / "fr.po").read_text(encoding="utf-8")
    every = languages.fixed_sentences("en")
    (tmp_path / "fr.po").write_text(french, encoding="utf-8")
    (tmp_path / "am.po").write_text(BOSNIAN.replace("bs", "am"), encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    assert set(languages.fixed_sentences.__wrapped__("en")) == set(every)
