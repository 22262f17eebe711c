"""One visitor's request: language, exhibition as her city shows it, and the ticket she carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kiosk.errors import InvalidToken
from kiosk.exhibition.localized import Localized, Shown
from kiosk.exhibition.model import Exhibit, Exhibition, TopicDetails
from kiosk.locale import translator as locale
from kiosk.locale.translator import Translator, translator
from kiosk.people import tickets
from kiosk.people.tickets import Ticket
from kiosk.screens.phone import language as languages
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.hall import Hall
from kiosk.screens.phone.page import BAND, Style, page, style
from kiosk.screens.widgets.pattern import capacity, pattern
from kiosk.voice.place import Channel, Place

MARK = re.compile(r"[0-9a-f]{32}")
"""What a phone's mark looks like."""
_KEPT_S = 180 * 24 * 3600
"""How long a phone keeps the mark that lets it change its votes."""

INK = "#1b1916"
BAND_SCALE = 0.66
OWN_CELL = 2
"""Among the first cells of a band, which lie well inside it: one's own is seen whole."""
PLAIN = "rings"
"""The pattern of pages that belong to no topic."""


@dataclass(slots=True)
class Visit:
    """What a page needs to know of the request it answers."""

    context: PublicContext
    request: Request
    exhibition: Exhibition
    t: Translator
    ticket: str = ""
    """The ticket that the links of the page carry on, as text."""
    path: str = ""
    """The page's own address, without its query."""
    city: str = ""
    """The city whose overlay is shown; empty: the hub's own."""

    @property
    def hall(self) -> Hall:
        """The present state of the public side."""
        return self.context.hall

    @property
    def cookie(self) -> str:
        """The phone's own mark, empty where it has none yet."""
        value = self.request.cookies.get(self.cookie_name, "")
        return value if MARK.fullmatch(value) else ""

    @property
    def cookie_name(self) -> str:
        """The name of the cookie that holds the mark."""
        return cookie_name(secure=self.context.secure)

    def keep_mark(self, response: Response, mark: str) -> None:
        """Give the phone its mark."""
        keep_mark(response, mark, secure=self.context.secure)

    def pick(self, text: Localized) -> Shown:
        """Return a text in the visitor's language, or in the nearest there is."""
        return text.pick(self.t.language, self.exhibition.fallbacks())

    def language_of(self, text: str) -> str:
        """Return the language of what the visitor wrote, as far as its script tells."""
        accepted = self.request.headers.get("accept-language", "")
        return languages.written_in(text, self.t.language, accepted, spoken(self.exhibition))

    def topic_of(self, exhibit: Exhibit) -> Exhibit | None:
        """Return the topic that an exhibit belongs to, itself if it is one."""
        found = self.exhibition.exhibits.get(exhibit.topic or exhibit.id)
        return found if found is not None and isinstance(found.details, TopicDetails) else None

    def colours(self, exhibit: Exhibit | None) -> tuple[tuple[str, str], ...]:
        """Return the page's colour, for :func:`kiosk.screens.phone.page.style`."""
        topic = self.topic_of(exhibit) if exhibit else None
        details = topic.details if topic else None
        return (("", details.colour if isinstance(details, TopicDetails) else INK),)

    def band(self, exhibit: Exhibit | None, mine: bool = False) -> Markup:
        """Return the band of the topic's pattern, filled with its voices; *mine* lights one."""
        topic = self.topic_of(exhibit) if exhibit else None
        if topic is None or not isinstance(topic.details, TopicDetails):
            return _band(PLAIN, INK, 0, None)
        cells = self.cells(exhibit)
        own = OWN_CELL if mine else None
        return _band(topic.details.pattern, topic.details.colour, cells, own)

    def cells(self, exhibit: Exhibit | None) -> int:
        """Return how many cells of the band are filled; some always wait for another voice."""
        topic = self.topic_of(exhibit) if exhibit else None
        if topic is None or not isinstance(topic.details, TopicDetails):
            return 0
        room = capacity(topic.details.pattern, *BAND, BAND_SCALE)
        return min(self.context.cells(self.exhibition.id, topic.id), room * 3 // 5)

    def link(self, exhibit: str) -> str:
        """Return the address of an exhibit's page, with the ticket."""
        return self._of(exhibit) + self._carried()

    def reading(self, exhibit: str, voice: str = "") -> str:
        """Return where an exhibit is read, also by who may vote on it; or one *voice* on its page.

        The voice is on the page however old it is; older ones follow.
        """
        carried = [f"k={self.ticket}"] if self.ticket else []
        at = quote(voice, safe="")
        wanted = "&".join([*carried, "more=1", *([f"voice={at}"] if at else [])])
        return f"{self._of(exhibit)}?{wanted}{f'#v-{at}' if at else ''}"

    def _of(self, exhibit: str) -> str:
        first = self.hall.first == self.exhibition.id
        return f"/e/{exhibit}" if first else f"/e/{self.exhibition.id}/{exhibit}"

    def home(self) -> str:
        """Return the address of the exhibition's first page, with the ticket."""
        if self.city:
            return f"/c/{self.exhibition.id}/{self.city}{self._carried()}"
        first = self.hall.first == self.exhibition.id
        return ("/" if first else f"/x/{self.exhibition.id}") + self._carried()

    def legal(self, name: str) -> str:
        """Return the address of a legal page."""
        first = self.hall.first == self.exhibition.id
        if first and not self.city:
            return f"/legal/{name}"
        city = f"&city={self.city}" if self.city else ""
        return f"/legal/{name}?x={self.exhibition.id}{city}"

    def _carried(self) -> str:
        return f"?k={self.ticket}" if self.ticket else ""

    def ticket_read(self, text: str) -> Ticket | None:
        """Return a genuine ticket, expired or not, or None."""
        try:
            return tickets.read(text, self.context.hub_key, self.context.now())
        except InvalidToken:
            return None

    def carry(self, text: str) -> Ticket | None:
        """Let the page's links carry a ticket on, expired or not; None: this hub wrote no such."""
        found = self.ticket_read(text) if text else None
        self.ticket = text if found else ""
        return found

    def place(self, kiosk: int, channel: str = Channel.PHONE) -> Place:
        """Return what a voice carries that was given in front of a screen."""
        city = self.city or self.context.city
        return self.hall.place(self.exhibition.id, kiosk, city, channel)

    def switches(self) -> list[tuple[str, str, str]]:
        """Return (code, native name, address) of the languages, the present one without address.

        None on the answer to a form: it has no address, and a receipt or words would be gone.
        """
        if self.request.method == "POST":
            return []
        query = [(k, v) for k, v in self.request.query_params.multi_items() if k != "lang"]
        return [
            (
                code,
                locale.native_name(code),
                ""
                if code == self.t.language
                else f"{self.path}?{urlencode([*query, ('lang', code)])}",
            )
            for code in spoken(self.exhibition)
        ]

    def page(
        self,
        template: str,
        title: str,
        *,
        exhibit: Exhibit | None = None,
        look: Style | None = None,
        status: int = 200,
        **values: object,
    ) -> Response:
        """Return a page in the visitor's language with the frame that all pages have."""
        response = page(
            template,
            look or style(self.colours(exhibit)),
            status,
            t=self.t,
            v=self,
            title=title,
            band=values.pop("band", None) or self.band(exhibit),
            switches=self.switches(),
            **values,
        )
        wish = self.request.query_params.get("lang", "")
        if wish == self.t.language:
            response.set_cookie(
                languages.COOKIE,
                wish,
                path="/",
                secure=self.context.secure,
                httponly=True,
                samesite="lax",
            )
        return response


def cookie_name(*, secure: bool) -> str:
    """Return the mark's name: bound to this host where HTTPS allows it (architecture.md, 15)."""
    return "__Host-voice" if secure else "voice"


def keep_mark(response: Response, mark: str, *, secure: bool) -> None:
    """Give a phone its mark; no script can read it and no other site sends it."""
    response.set_cookie(
        cookie_name(secure=secure),
        mark,
        max_age=_KEPT_S,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def spoken(exhibition: Exhibition) -> tuple[str, ...]:
    """Return the languages that a visitor may choose from."""
    return languages.offered(exhibition.languages, locale.LANGUAGES)


def begin(
    request: Request, exhibition: Exhibition | None = None, ticket: str = "", city: str = ""
) -> Visit:
    """Return the visit that a request is; without an exhibition, the first of the hall.

    A *city* counts where the exhibition has an overlay of it.
    """
    context: PublicContext = request.app.state.public
    shown = exhibition or first_exhibition(context)
    code = languages.chosen(
        request.query_params.get("lang", ""),
        request.cookies,
        request.headers.get("accept-language", ""),
        spoken(shown),
    )
    path = request.scope["path"]
    known = context.hall.overlay(shown.id, city)
    visit = Visit(context, request, shown, translator(code), path=path, city=known)
    visit.carry(ticket)
    return visit


def first_exhibition(context: PublicContext) -> Exhibition:
    """Return the exhibition shown first, or an empty one before anything was published."""
    hall = context.hall
    return hall.view(hall.first) if hall.first else EMPTY


def _nothing() -> Exhibition:
    none = Localized()
    return Exhibition("", False, locale.LANGUAGES, "en", none, none, none, {}, {}, {})


EMPTY = _nothing()
"""What is on show before anything was published."""


@lru_cache(maxsize=512)
def _band(name: str, colour: str, cells: int, mine: int | None) -> Markup:
    width, height = BAND
    svg = pattern(name, colour, width, height, cells, mine, scale=BAND_SCALE, still=True)
    return Markup(svg)  # noqa: S704 - drawn by us
