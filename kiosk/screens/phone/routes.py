"""The phone's addresses. Codes may come in upper case: that keeps their QR codes small."""

from __future__ import annotations

from starlette.routing import Route

from kiosk.screens.phone import (
    agreeing,
    commenting,
    exhibits,
    finding,
    home,
    legal,
    receipts,
    reporting,
    voting,
)

routes = [
    Route("/q/{code}", voting.opened, methods=["GET"]),
    Route("/q/{code}", voting.answered, methods=["POST"]),
    Route("/Q/{code}", voting.opened, methods=["GET"]),
    Route("/Q/{code}", voting.answered, methods=["POST"]),
    Route("/", home.first, methods=["GET"]),
    Route("/x/{exhibition}", home.other, methods=["GET"]),
    Route("/c/{exhibition}/{city}", home.of_city, methods=["GET"]),
    Route("/e/{exhibit}", exhibits.show, methods=["GET"]),
    Route("/e/{exhibit}", exhibits.answered, methods=["POST"]),
    Route("/e/{exhibition}/{exhibit}", exhibits.show, methods=["GET"]),
    Route("/e/{exhibition}/{exhibit}", exhibits.answered, methods=["POST"]),
    Route("/say/{exhibition}/{subject}", commenting.ask, methods=["GET"]),
    Route("/draft/{exhibition}/{subject}", commenting.draft, methods=["GET"]),
    Route("/say/{exhibition}/{subject}", commenting.take, methods=["POST"]),
    Route("/find", finding.find, methods=["GET"]),
    Route("/v/{number}", finding.numbered, methods=["GET"]),
    Route("/r/{receipt}", receipts.show, methods=["GET"]),
    Route("/r/{receipt}", receipts.act_on, methods=["POST"]),
    Route("/R/{receipt}", receipts.show, methods=["GET"]),
    Route("/R/{receipt}", receipts.act_on, methods=["POST"]),
    Route("/agree/{comment}", agreeing.ask, methods=["GET"]),
    Route("/agree/{comment}", agreeing.take, methods=["POST"]),
    Route("/report/{comment}", reporting.ask, methods=["GET"]),
    Route("/report/{comment}", reporting.take, methods=["POST"]),
    Route("/legal/{name}", legal.show, methods=["GET"]),
]
