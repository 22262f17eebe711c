"""``POST /api/v1/messages``: a kiosk pushes what its visitors did; each message is taken once."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from kiosk.api.context import ApiContext, protocol_of, spoken_with
from kiosk.sync import serve
from kiosk.sync.wire import LARGEST, TooLarge, read_batch, receipt_for, unpack


async def push(request: Request) -> Response:
    """Take a batch in and reply with what is held of this kiosk, after the durable commit."""
    context: ApiContext = request.app.state.api
    kiosk = await context.kiosk(request)
    packed = await body_of(request, LARGEST)
    batch = read_batch(unpack(packed, request.headers.get("content-encoding", "").lower()))
    take = partial(
        serve.take_batch,
        kiosk=kiosk,
        batch=batch,
        protocol=protocol_of(request),
        now=context.now(),
    )
    return spoken_with(request, receipt_for, await context.database.write(take))


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
