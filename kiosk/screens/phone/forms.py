"""Reads a form's body: small, of our own pages only, and nothing in it is believed."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from kiosk.errors import Forbidden, InvalidText, KioskError
from kiosk.screens.phone.context import PublicContext

MOST_FIELDS = 40
VOTE_OCTETS = 8 * 1024
TEXT_OCTETS = 192 * 1024
"""Room for 10,000 characters of any script, so that a text too long comes back to be shortened."""


class TooLarge(KioskError):
    """A form has more octets than any of ours can have."""

    code = "too-large"
    status = 413


class Form:
    """A form's fields by name."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def get(self, name: str) -> str:
        """Return the last value of a field, or an empty text."""
        return next((value for key, value in reversed(self._pairs) if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field in order."""
        return tuple(value for key, value in self._pairs if key == name)


def _from_elsewhere(request: Request) -> bool:
    """Whether another site's page sent it, by what the browser says.

    Older browsers say it by ``Origin`` alone; it is "null" for our own forms, whose pages send no
    referrer.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"cross-site", "same-site"}
    origin = request.headers.get("origin", "null")
    context: PublicContext = request.app.state.public
    own = {request.headers.get("host", ""), urlsplit(context.public_url).netloc}
    return origin != "null" and urlsplit(origin).netloc not in own


async def read_form(request: Request, most: int) -> Form:
    """Return the fields of a form of at most *most* octets.

    Raises:
        TooLarge: there are more.
        Forbidden: another site sent it.
        InvalidText: it is no form.
    """
    if _from_elsewhere(request):
        raise Forbidden("This was sent from another site.", "Open the page here and try again.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise TooLarge("This is too much at once.", "Shorten it; nothing of it was kept.")
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise InvalidText("This form cannot be read.", "Open the page again.") from None
    return Form(pairs)
