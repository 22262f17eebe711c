"""``POST /api/v1/messages``: a kiosk pushes what its visitors did; each message is taken once."""

from __future__ import annotations

from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kiosk.api.context import ApiContext, Encoded
from kiosk.errors import InvalidText, KioskError
from kiosk.people import kiosk_store
from kiosk.sync.hub_client import Batch
from kiosk.sync.receive import receive

LARGEST = 8 * 1024 * 1024
"""Bytes of a batch; a kiosk sends at most 1,000 messages at once."""


class TooLarge(KioskError):
    """A request has more bytes than are taken."""

    code = "too-large"
    status = 413


async def push(request: Request) -> Response:
    """Take a batch in and reply with what is held of this kiosk, after the durable commit."""
    context: ApiContext = request.app.state.api
    kiosk = await context.kiosk(request)
    try:
        batch = msgspec.json.decode(await body_of(request, LARGEST), type=Batch)
    except msgspec.MsgspecError as error:
        raise InvalidText("This is not a batch of messages.", "See docs/protocol.md.") from error
    now = context.now()
    await context.database.write(
        partial(kiosk_store.seen, kiosk=kiosk.id, health=batch.health, now=now)
    )
    receipt = await context.database.write(
        partial(receive, kiosk=kiosk, messages=batch.messages, now=now)
    )
    return Encoded(receipt)


async def body_of(request: Request, largest: int) -> bytes:
    """Return a request's body.

    Raises:
        TooLarge: it has more than *largest* bytes; reading stopped there.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise TooLarge("This is too much at once.", "Send it in smaller parts.")
        parts.append(part)
    return b"".join(parts)
