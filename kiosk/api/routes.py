"""The API's addresses, as docs/protocol.md describes them."""

from __future__ import annotations

from starlette.routing import Route

from kiosk.api import editions, enrolment, feed, messages

routes = [
    Route("/api/v1/messages", messages.push, methods=["POST"]),
    Route("/api/v1/feed", feed.pull, methods=["GET"]),
    Route("/api/v1/enrol", enrolment.enrol, methods=["POST"]),
    Route("/api/v1/editions/{edition}", editions.record, methods=["GET"]),
]
