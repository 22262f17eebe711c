"""``POST /api/v1/enrol``: a machine gives the code of the desk and gets its identity."""

from __future__ import annotations

from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kiosk.api.context import ApiContext
from kiosk.api.messages import body_of
from kiosk.errors import InvalidText, KioskError
from kiosk.people.enrolment_codes import is_known, redeem, unknown_code
from kiosk.people.staff_sessions import Throttle, TooManyTries
from kiosk.sync.enrol import Enrol

LARGEST = 1_024
"""Octets of a request."""

_EVERYONE = "enrol"
"""Wrong codes are counted together: nobody's address is kept, and right ones are rare."""

_wrong = Throttle()
"""Makes a crowd of guesses cheap to refuse; that none is right is the length of the codes."""


async def enrol(request: Request) -> Response:
    """Return the identity as JSON, without the credential that the machine made itself."""
    context: ApiContext = request.app.state.api
    try:
        asked = msgspec.json.decode(await body_of(request, LARGEST), type=Enrol)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise InvalidText("This is no request to enrol.", "See docs/protocol.md.") from error
    if not await context.database.read(partial(is_known, code=asked.code)):
        raise _refused()
    write = partial(redeem, code=asked.code, credential=asked.credential, now=context.now())
    identity = await context.database.write(write)
    told = {name: getattr(identity, name) for name in identity.__slots__ if name != "credential"}
    return Response(msgspec.json.encode(told), media_type="application/json")


def _refused() -> KioskError:
    """Count a wrong code; it cost a look and no write."""
    try:
        _wrong.check(_EVERYONE)
    except TooManyTries:
        return TooManyTries("Too many wrong codes were tried.", "Wait a minute, then try again.")
    return unknown_code()
