"""Words typed at the desk and not saved yet: they stay with what they were typed for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Conclusions, Desk
from tests.journeys.pages.phone import Phone
from tests.journeys.people import CLARA, ODILE, ROSA
from tests.journeys.town import Town

TREE, STOP = "A tree within sight of every door.", "Shade at every bus stop."
ARBRE, ARRET = "Un arbre en vue de chaque porte.", "De l’ombre à chaque arrêt."


@pytest.fixture
def rosa(shared_town: Town, windows: Windows) -> Conclusions:
    """Rosa, before the draft of a conclusion with two statements."""
    made = Conclusions(windows.office(), shared_town.desk.address)
    made.enter(ROSA)
    made.types("Shade before parking", f"{TREE}\n{STOP}", "", "", "resilient")
    made.button("Save the draft").click()
    made.page.wait_for_url("**/conclusions/*-*")
    made.awake()
    return made


def test_saving_one_translation_leaves_the_words_in_all_other_forms(rosa: Conclusions) -> None:
    """French and German are typed, and a dissent; the French is saved: the others stand there."""
    french, german = rosa.translation("fr"), rosa.translation("de")
    _title(rosa, french).fill("L’ombre d’abord")
    _title(rosa, german).fill("Schatten zuerst")
    dissent = rosa.page.get_by_label(rosa.t("Dissent"), exact=True)
    dissent.fill("Traders fear for their bays.")
    rosa.button("Save in {language}", language=rosa.t.language_name("fr")).click()
    expect(french.locator("summary")).to_contain_text(rosa.t.plural("", "{n} passages missing", 2))
    rosa.awake()
    expect(_title(rosa, german)).to_be_visible()
    expect(_title(rosa, german)).to_have_value("Schatten zuerst")
    expect(dissent).to_have_value("Traders fear for their bays.")
    expect(_title(rosa, rosa.translation("fr"))).to_have_value("L’ombre d’abord")


def test_a_translation_that_waits_follows_its_passage(rosa: Conclusions) -> None:
    """Meanwhile the first statement goes and another comes: each keeps its own words, or none."""
    french = rosa.translation("fr")
    _statement(rosa, french, 1).fill(ARBRE)
    _statement(rosa, french, 2).fill(ARRET)
    rosa.page.get_by_label(rosa.t("Core statements"), exact=True).fill(f"{STOP}\nFewer cars.")
    rosa.button("Save the draft").click()
    expect(french.locator(".original").nth(1)).to_have_text(STOP)
    rosa.awake()
    expect(_statement(rosa, french, 1)).to_have_value(ARRET)
    expect(_statement(rosa, french, 2)).to_have_value("")


def test_an_answer_that_is_new_outlives_a_reload(town: Town, windows: Windows) -> None:
    """Odile's words stand there for the same voice, not for another; and after a save as well."""
    town.start(town.public, town.desk)
    phone = Phone(windows.phone(), town.public)
    clara = Desk(windows.office(), town.desk.address)
    clara.enter(CLARA)
    for said in ("Un banc devant l’école.", "Un banc devant la gare."):
        phone.writes("two-steps", said)
        clara.leafs_to(said)
        clara.key("Shift+A")
    odile = Desk(windows.office(), town.desk.address)
    odile.enter(ODILE)
    text = odile.page.get_by_label(odile.t("Answer"), exact=True)
    odile.answers_voice(0)
    text.fill("Two benches will come.")
    odile.page.reload()
    odile.awake()
    expect(text).to_have_value("Two benches will come.")
    odile.answers_voice(1)
    expect(text).to_have_value("")
    odile.answers_voice(0)
    expect(text).to_have_value("Two benches will come.")

    odile.button("Save the draft").click()
    odile.page.wait_for_url("**/answers/*-*")
    odile.awake()
    for words in ("Two benches will come in April.", "Three benches will come in May."):
        text.fill(words)
        odile.button("Save the draft").click()
        odile.says("The draft is saved.")
    text.fill("Four.")
    odile.page.reload()
    odile.awake()
    expect(text).to_have_value("Four.")


def _title(rosa: Conclusions, translation: Locator) -> Locator:
    return translation.get_by_label(rosa.t("Title"), exact=True)


def _statement(rosa: Conclusions, translation: Locator, number: int) -> Locator:
    return translation.get_by_label(rosa.t("Core statement {n}").replace("{n}", str(number)))
