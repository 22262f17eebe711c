"""Every page of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import Connection

from kiosk import clock
from kiosk.people import appointments
from kiosk.people.permissions import Role
from kiosk.people.staff import Grant
from tests.journeys.checkout import ROOT
from tests.journeys.pages.desk import Conclusions, Desk
from tests.journeys.people import ALMA, CLARA, MAREN, ODILE, OTTO, ROSA, SUMMIT, Colleague
from tests.journeys.town import Town
from tests.pictures.album import DESK, Album
from tests.pictures.hosting import hosting

PHOTOGRAPH = ROOT / "content/example/topics/resilient/media/lists.webp"
TITLE = "De l’ombre avant les voitures"
STATEMENTS = (
    "– De chaque porte, on voit un arbre.\n"
    "– Pas d’été sans ombre à l’arrêt de bus.\n"
    "– Les enfants plantent, la ville arrose."
)
DISSENT = "Les commerçants demandent à garder leurs places de livraison."
ASKED = "Un arbre devrait remplacer une place de stationnement sur dix."
IN_WORDS = "Une table couverte de cartes écrites à la main ; sur l’une, un arbre."
LINA = Colleague("lina", "Lina Berg", (Grant(Role.ADMIN, SUMMIT, "elsewhere"),))
"""She lets kiosks in for a city that has none yet, and has decided nothing there."""


@dataclass
class Office:
    """The town hall's laptop in one language."""

    album: Album
    town: Town
    language: str

    def all_full(self) -> None:
        """Every page with much to do."""
        self._alone("login", self._entrance)
        self._alone("login-refused", self._refused)
        self._as(
            CLARA, self._queue, self._sections("public", "refused", "reports", "walls", "groups"),
            self._group_code,
        )  # fmt: skip
        self._as(ODILE, self._sections("answers"), self._answer)
        self._as(MAREN, self._draft)
        pages = self._sections("conclusions", "visits", "editions")
        self._as(ROSA, pages, self._capture, self._translate)
        self._as(OTTO, self._sections("kiosks", "set-aside"))
        self._as(ALMA, self._shut_out, self._enrol, self._sections("log"))

    def all_empty(self) -> None:
        """Every page that can have nothing on it."""
        queues = ("queue", "public", "refused", "reports", "walls", "groups")
        self._as(CLARA, self._sections(*queues))
        self._as(ODILE, self._sections("answers"))
        self._as(ROSA, self._sections("conclusions", "visits", "editions"))
        self._as(OTTO, self._sections("kiosks", "set-aside"))
        with self.town.hub_database() as hub:
            hub.write_now(_appoint_lina)
        self._as(LINA, self._nobody, self._sections("log"))

    def _alone(self, name: str, shot: Callable[[Desk], None]) -> None:
        with (
            self.album.screen(f"{name} {self.language}"),
            self.album.visitor(self.language, DESK) as page,
        ):
            shot(Desk(page, self.town.desk.address, self.language))
            self._take(page, name)

    def _as(self, colleague: Colleague, *shots: Callable[[Conclusions], None]) -> None:
        with self.album.visitor(self.language, DESK) as page:
            desk = Conclusions(page, self.town.desk.address, self.language)
            with self.album.screen(f"entrance of {colleague.user} {self.language}"):
                desk.enter(colleague)
            for shot in shots:
                with self.album.screen(f"{colleague.user} {shot.__name__} {self.language}"):
                    shot(desk)

    def _take(self, page: Page, name: str) -> None:
        self.album.take(page, name, self.language)

    def _sections(self, *paths: str) -> Callable[[Conclusions], None]:
        def sections(desk: Conclusions) -> None:
            for path in paths:
                desk.look_at(path)
                expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
                self._take(desk.page, path)

        return sections

    def _entrance(self, desk: Desk) -> None:
        desk.page.goto(f"{desk.address}/login?language={self.language}")

    def _refused(self, desk: Desk) -> None:
        desk.log_in(f"nobody-{self.language}", "not her password")
        expect(desk.page.get_by_role("alert")).to_be_visible()

    def _queue(self, desk: Conclusions) -> None:
        desk.look_at("queue")
        expect(desk.card).to_be_visible()
        self._take(desk.page, "queue")
        desk.key("r")
        expect(desk.page.get_by_role("dialog")).to_be_visible()
        self._take(desk.page, "refuse")
        desk.key("Escape")
        expect(desk.page.get_by_role("dialog")).to_be_hidden()
        desk.key("?")
        expect(desk.page.get_by_role("dialog")).to_be_visible()
        self._take(desk.page, "keys")
        desk.key("Escape")
        expect(desk.page.get_by_role("dialog")).to_be_hidden()
        desk.key("a")
        expect(desk.decided.get_by_role("button").first).to_be_visible()
        self._take(desk.page, "queue-held")
        desk.key("u")
        expect(desk.decided.get_by_role("button")).to_have_count(0)

    def _answer(self, desk: Conclusions) -> None:
        desk.look_at("answers")
        boxes = desk.page.get_by_role("checkbox")
        boxes.nth(0).check()
        boxes.nth(1).check()
        desk.button("Answer what is ticked").click()
        desk.page.wait_for_url("**/answers/new*")
        desk.awake()
        self._take(desk.page, "answer-new")

    def _draft(self, desk: Conclusions) -> None:
        desk.look_at("answers")
        desk.page.get_by_role("link", name=desk.t("Open the draft")).first.click()
        desk.page.wait_for_url("**/answers/*")
        desk.awake()
        expect(desk.button("Release in my name")).to_be_visible()
        self._take(desk.page, "answer-draft")

    def _group_code(self, desk: Conclusions) -> None:
        desk.look_at("groups")
        desk.page.get_by_label(desk.t("For whom"), exact=True).fill("CE2, école du Centre")
        desk.button("Make a code").click()
        expect(desk.page.get_by_role("heading", level=2).first).to_be_focused()
        self._take(desk.page, "groups-code")

    def _nobody(self, desk: Conclusions) -> None:
        desk.look_at("kiosks")
        expect(desk.page.get_by_text(desk.t("No kiosk is enrolled."))).to_be_visible()
        self._take(desk.page, "kiosks-none")

    def _shut_out(self, desk: Conclusions) -> None:
        desk.look_at("kiosks")
        desk.page.locator("table button").nth(2).click()
        expect(desk.page.get_by_role("dialog")).to_be_visible()
        self._take(desk.page, "shut-out")

    def _enrol(self, desk: Conclusions) -> None:
        desk.look_at("kiosks/new")
        self._take(desk.page, "enrol")
        desk.page.get_by_label(desk.t("Name"), exact=True).fill("Médiathèque")
        desk.button("Make a code").click()
        expect(desk.page.get_by_role("img")).to_be_visible()
        self._take(desk.page, "enrol-code")

    def _capture(self, desk: Conclusions) -> None:
        desk.types(TITLE, STATEMENTS, DISSENT, ASKED, "resilient")
        self._take(desk.page, "capture")
        self.album.take(desk.page, "capture", self.language, whole=True)

    def _translate(self, desk: Conclusions) -> None:
        desk.look_at("conclusions")
        desk.main.get_by_role("listitem").get_by_role("link").first.click()
        desk.page.wait_for_url("**/conclusions/*-*")
        desk.awake()
        self._take(desk.page, "conclusion")
        self.album.take(desk.page, "conclusion", self.language, whole=True)


def publish_a_conclusion(album: Album, town: Town) -> None:
    """Rosa types a conclusion in, with the photograph of its cards, and publishes it.

    Meanwhile Clara has handed out codes, and two weeks of visits have been counted.
    """
    with town.hub_database() as hub:
        hub.write_now(hosting)
    with album.visitor("fr", DESK) as page:
        rosa = Conclusions(page, town.desk.address, "fr")
        rosa.enter(ROSA)
        rosa.types(TITLE, STATEMENTS, DISSENT, ASKED, "resilient")
        rosa.photograph(_as_jpeg(town), IN_WORDS)
        rosa.approve()
        rosa.publish()


def _appoint_lina(connection: Connection) -> None:
    appointments.appoint(connection, LINA.user, LINA.name, LINA.password, LINA.grants, clock.now())


def _as_jpeg(town: Town) -> Path:
    path = town.folder / "cards.jpg"
    Image.open(PHOTOGRAPH).convert("RGB").save(path)
    return path
