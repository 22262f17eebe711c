"""Words typed at the desk and not saved yet: they stay with what they were typed for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.journeys import town as towns
from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import PUBLISHED_MS, Conclusions, Desk
from tests.journeys.pages.phone import Phone
from tests.journeys.people import CLARA, ODILE, ROSA
from tests.journeys.test_publication import cards
from tests.journeys.town import Town

TREE, STOP = "A tree within sight of every door.", "Shade at every bus stop."
ARBRE, ARRET = "Un arbre en vue de chaque porte.", "De l’ombre à chaque arrêt."
NOTHING_KEPT = "() => !Object.keys(sessionStorage).some((key) => key.startsWith('desk:'))"
"""What was sent is saved: the page keeps it no longer."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Iterator[Town]:
    """A town whose public pages and desk are open, for this file."""
    with towns.town(tmp_path_factory.mktemp("office") / "town", template) as made:
        made.start(made.public, made.desk)
        yield made


@pytest.fixture
def rosa(office: Town, windows: Windows) -> Conclusions:
    """Rosa, before the draft of a conclusion with two statements."""
    made = Conclusions(windows.office(), office.desk.address)
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
    topic = rosa.page.get_by_label(rosa.t("Topic"), exact=True).first
    topic.select_option("healthy")
    rosa.button("Save in {language}", language=rosa.t.language_name("fr")).click()
    expect(french.locator("summary")).to_contain_text(rosa.t.plural("", "{n} passages missing", 2))
    expect(topic).to_have_value("healthy")
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


def test_a_photograph_on_its_way_is_saved_with_the_words(rosa: Conclusions, tmp_path: Path) -> None:
    """Rosa presses Save while it is being sent: the form goes once it has arrived."""
    under_way: list[Route] = []

    def holds(route: Route) -> None:
        under_way.append(route)

    rosa.page.route("**/photo/*?*", holds)
    rosa.page.locator('input[type="file"]').set_input_files(cards(tmp_path))
    expect(rosa.page.get_by_text(rosa.t("Sending …"))).to_be_visible()
    rosa.page.get_by_label(rosa.t("What it shows, in words"), exact=True).fill("Two cards.")
    rosa.button("Save the draft").click()
    with rosa.page.expect_navigation():
        under_way[0].continue_()
    rosa.awake()
    chosen = rosa.t("The photograph that was chosen")
    expect(rosa.page.get_by_role("img", name=chosen)).to_be_visible()


def test_an_answer_that_is_new_outlives_a_reload(office: Town, windows: Windows) -> None:
    """Odile's words stand there for the same voice, not for another; and after a save as well."""
    phone = Phone(windows.phone(), office.public)
    clara = Desk(windows.office(), office.desk.address)
    clara.enter(CLARA)
    for said in ("Un banc devant l’école.", "Un banc devant la gare."):
        phone.writes("two-steps", said)
        clara.leafs_to(said)
        clara.key("Shift+A")
        expect(clara.decided).to_contain_text(said)
    odile = Desk(windows.office(), office.desk.address)
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
    odile.reads_draft()
    for words in ("Two benches will come in April.", "Three benches will come in May."):
        text.fill(words)
        odile.button("Save the draft").click()
        odile.says("The draft is saved.")
        odile.page.wait_for_function(NOTHING_KEPT)
    text.fill("Four.")
    odile.page.reload()
    odile.awake()
    expect(text).to_have_value("Four.")


def test_words_typed_while_the_desk_saves_outlive_a_reload(office: Town, windows: Windows) -> None:
    """The hub hangs as Odile saves: she writes on, and her newer words stand there after it."""
    odile = _odile_answers(office, windows)
    text = odile.page.get_by_label(odile.t("Answer"), exact=True)
    text.fill("Two benches. ")
    with office.desk.hangs():
        odile.button("Save the draft").click()
        text.fill("Two benches in May.")
    odile.reads_draft()
    expect(text).to_have_value("Two benches in May.")
    with office.desk.hangs():
        odile.button("Save the draft").click()
        text.fill("Three benches.")
    odile.says("The draft is saved.")
    odile.page.reload()
    odile.awake()
    expect(text).to_have_value("Three benches.")


def test_what_is_saved_is_kept_no_longer_though_the_page_went(
    office: Town, windows: Windows
) -> None:
    """It loads itself anew before it hears that it was saved; nothing comes back some later day."""
    odile = _odile_answers(office, windows)
    text = odile.page.get_by_label(odile.t("Answer"), exact=True)
    text.fill("Two benches.")
    odile.button("Save the draft").click()
    odile.reads_draft()
    text.fill("Three benches.")
    typed = odile.page.evaluate("() => Object.entries(sessionStorage)")
    odile.button("Save the draft").click()
    odile.page.wait_for_function(NOTHING_KEPT)
    odile.page.evaluate("all => all.forEach((each) => sessionStorage.setItem(...each))", typed)
    odile.page.reload()
    odile.awake()
    expect(text).to_have_value("Three benches.")
    odile.page.wait_for_function(NOTHING_KEPT)


def test_words_return_over_nobody_elses(office: Town, windows: Windows) -> None:
    """Odile types in one tab and saves in another: the first shows what is saved."""
    odile = _odile_answers(office, windows)
    text = odile.page.get_by_label(odile.t("Answer"), exact=True)
    text.fill("Two benches.")
    odile.button("Save the draft").click()
    odile.reads_draft()
    text.fill("Two or three.")
    other = Desk(odile.page.context.new_page(), odile.address)
    other.page.goto(odile.page.url)
    other.awake()
    other.page.get_by_label(other.t("Answer"), exact=True).fill("Nine benches.")
    other.button("Save the draft").click()
    other.says("The draft is saved.")
    odile.page.reload()
    odile.awake()
    expect(text).to_have_value("Nine benches.")


def test_a_double_click_is_one_press(office: Town, windows: Windows) -> None:
    """One conclusion, one answer, one edition; and nobody is told that somebody else changed it."""
    odile = _odile_answers(office, windows)
    text = odile.page.get_by_label(odile.t("Answer"), exact=True)
    text.fill("Two benches.")
    _twice(odile, office, "Save the draft")
    odile.reads_draft()
    text.fill("Three benches.")
    _twice(odile, office, "Save the draft")
    odile.says("The draft is saved.")
    expect(odile.page.get_by_role("alert")).to_be_empty()

    rosa = Conclusions(windows.office(), office.desk.address)
    rosa.enter(ROSA)
    rosa.types("Trees before parking", f"{TREE}\n{STOP}", "", "", "resilient")
    _twice(rosa, office, "Save and approve")
    rosa.page.wait_for_url("**/conclusions/*-*")
    rosa.turn_to("Conclusions")
    expect(rosa.page.get_by_role("link", name="Trees before parking")).to_have_count(1)
    rosa.turn_to("Editions")
    before = rosa.newest()
    _twice(rosa, office, "Publish now")
    newest = rosa.page.get_by_role("row").nth(1).get_by_role("rowheader")
    expect(newest).to_have_text(str(before + 1), timeout=PUBLISHED_MS)
    expect(rosa.page.get_by_role("alert")).to_be_empty()


def _odile_answers(office: Town, windows: Windows) -> Desk:
    """Odile before a new answer to the only voice."""
    phone = Phone(windows.phone(), office.public)
    clara = Desk(windows.office(), office.desk.address)
    clara.enter(CLARA)
    said = "Un banc devant l’école."
    phone.writes("two-steps", said)
    clara.leafs_to(said)
    clara.key("Shift+A")
    expect(clara.decided).to_contain_text(said)
    odile = Desk(windows.office(), office.desk.address)
    odile.enter(ODILE)
    odile.answers_voice(0)
    return odile


def _twice(desk: Desk, office: Town, sentence: str) -> None:
    """Both presses arrive before either is worked on."""
    with office.desk.hangs():
        desk.button(sentence).dblclick()


def _title(rosa: Conclusions, translation: Locator) -> Locator:
    return translation.get_by_label(rosa.t("Title"), exact=True)


def _statement(rosa: Conclusions, translation: Locator, number: int) -> Locator:
    return translation.get_by_label(rosa.t("Core statement {n}").replace("{n}", str(number)))
