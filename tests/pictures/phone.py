"""Every page of the phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Page, expect

from kiosk import clock
from kiosk.people import tokens
from kiosk.people.tokens import Kind
from tests.journeys.pages.phone import Phone
from tests.journeys.town import Town
from tests.pictures.album import PHONE, Album
from tests.pictures.filling import Filled
from tests.pictures.touch import SAID

BENCHES = "vivre-ensemble/core/benches"
PLOT = "vivre-ensemble/core/empty-plot"
STEPS = "vivre-ensemble/core/two-steps"

READ = (
    ("home", "/"),
    ("home-example", "/x/example"),
    ("exhibit", "/e/benches"),
    ("exhibit-and-voices", "/e/benches?more=1"),
    ("conclusion", "/e/example/benches"),
    ("declaration", "/e/dusseldorf-declaration"),
    ("session", "/e/izmir-diversity"),
    ("topic", "/e/communicative"),
    ("comment", "/say/vivre-ensemble/benches"),
    ("imprint", "/legal/imprint"),
    ("privacy", "/legal/privacy"),
    ("not-found", "/e/nowhere"),
    ("receipt-unknown", "/r/0000-0000-0000-0000-0000-0000"),
    ("code-forged", "/q/0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
    ("code-unknown", "/find?code=A7K2PX"),
    ("accessibility", "/legal/accessibility"),
    ("counting", "/legal/counting"),
    ("closed", "/e/example/before-summit"),
    ("plain", "/e/strong-cities"),
)
"""Pages that are only looked at: name and address."""

READ_EMPTY = READ[:4]


@dataclass
class Pocket:
    """One phone in one language."""

    album: Album
    town: Town
    language: str

    def all_full(self, filled: Filled) -> None:
        """Every page of a town that is at its fullest."""
        for name, address in READ:
            self._with(name, lambda phone, a=address: phone.open(a))  # type: ignore[misc]
        for state, code in filled.receipts.items():
            self._with(f"receipt-{state}", lambda phone, c=code: phone.follows(c))  # type: ignore[misc]
        waiting = filled.receipts["waiting"]
        self._with("receipt-erase", lambda phone: phone.open(f"/r/{waiting}?do=erase"))
        self._with("report", lambda phone: phone.open(f"/report/{filled.voice}"))
        self._with("voice-number", lambda phone: phone.open(f"/v/{filled.number}"))
        self._with("code-expired", lambda phone: phone.open(f"/q/{self.code(BENCHES, old=True)}"))
        self._with("vote-single", lambda phone: phone.open(f"/q/{self.code(PLOT)}"))
        self._with("vote-several", lambda phone: phone.open(f"/q/{self.code(STEPS)}"))
        self._with("agree", lambda phone: phone.open(f"/agree/{filled.voice}"))
        self._with("reported", lambda phone: self._reports(phone, filled.voice))
        self._with("comment-refused", self._says_nothing)
        self._with("comment-received", self._speaks)
        self.votes()

    def all_empty(self) -> None:
        """Pages that show that nobody has voted or spoken yet."""
        for name, address in READ_EMPTY:
            self._with(name, lambda phone, a=address: phone.open(a))  # type: ignore[misc]
        self.votes()

    def nothing_yet(self) -> None:
        """The first page before an edition was published."""
        self._with("nothing-yet", lambda phone: phone.open("/"))

    def votes(self) -> None:
        """The code on the touchscreen, the vote, the thanks, and the vote taken up again."""

        def voted(phone: Phone) -> None:
            phone.open(f"/q/{self.code(BENCHES)}")
            self._take(phone.page, "vote")
            phone.vote("Agree")
            self._take(phone.page, "counted")
            phone.link("Change my vote").click()
            expect(phone.button("Disagree")).to_be_visible()

        self._with("vote-change", voted)

    def code(self, question: str, *, old: bool = False) -> str:
        """Return a code as the touchscreen shows it now, or *old* as it showed it an hour ago."""
        screen = self.town.screen
        at = clock.now() - timedelta(hours=1 if old else 0)
        return tokens.issue(screen.key, screen.number, Kind.SCREEN, tokens.target_of(question), at)

    def _with(self, name: str, opens: Callable[[Phone], object]) -> None:
        with (
            self.album.screen(f"{name} {self.language}"),
            self.album.visitor(self.language, PHONE) as page,
        ):
            opens(Phone(page, self.town.public, self.language))
            self._take(page, name)

    def _take(self, page: Page, name: str) -> None:
        self.album.take(page, name, self.language)
        if page.evaluate("() => document.documentElement.scrollHeight > innerHeight + 8"):
            self.album.take(page, name, self.language, whole=True)

    def _reports(self, phone: Phone, voice: str) -> None:
        phone.open(f"/report/{voice}")
        phone.page.locator("input[type=radio]").first.check()
        phone.button("Send the report").click()
        expect(phone.page.locator("input[type=radio]")).to_have_count(0)

    def _says_nothing(self, phone: Phone) -> None:
        phone.open("/say/vivre-ensemble/benches")
        phone.page.get_by_label(phone.t("Your words")).fill("   ")
        phone.button("Send it for review").click()
        expect(phone.trouble).to_be_visible()

    def _speaks(self, phone: Phone) -> None:
        phone.writes("benches", SAID[self.language])
        phone.receipt()
