"""The reference: a handler that reads the body and answers, on the server that the hub uses.

``python -m benchmarks.bare PORT``. One worker, uvloop and httptools, no middleware, no framework,
no database: what votes and pages are divided by is the most that this server can do at all.
"""

from __future__ import annotations

import sys

import uvicorn
from starlette.types import Receive, Scope, Send

_HEAD = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain"), (b"content-length", b"3")],
}
_BODY = {"type": "http.response.body", "body": b"ok\n"}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the whole body, answer ``ok``."""
    assert scope["type"] == "http"
    more = True
    while more:
        message = await receive()
        more = message.get("more_body", False)
    await send(_HEAD)
    await send(_BODY)


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_level="warning",
        access_log=False,
        backlog=4096,
    )
