"""Figures of a public process for whoever watches the hub (Prometheus' text format).

Nobody reads them without the token of KIOSK_METRICS_TOKEN: a hub stands behind a proxy of its own
machine as often as not, where everybody seems to come from the loopback. No figure is of a person.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.screens.phone.context import PublicContext

PATH = "/metrics"


class Figures(Collector):
    """What a process has done since it started, and what waits in it now; read when asked."""

    def __init__(self, public: PublicContext) -> None:
        self._public = public
        self._process = str(os.getpid())

    def collect(self) -> Iterator[Metric]:
        """Yield each figure, marked with the process: several may share the port."""
        public = self._public

        def both(figure: str) -> float:
            """Add what this process wrote itself and what its counting office did."""
            return float(getattr(public.database.writing, figure) + getattr(public.office, figure))

        votes = CounterMetricFamily(
            "kiosk_votes", "Votes counted, by the route they came.", labels=["process", "route"]
        )
        for route, count in sorted(public.votes.items()):
            votes.add_metric([self._process, route], count)
        yield votes
        yield self._counter("kiosk_commits", "Durable commits.", both("commits"))
        yield self._counter("kiosk_writes", "Writes that were answered.", both("written"))
        yield self._counter("kiosk_overload", "Writes refused with 503.", both("refused"))
        yield self._gauge("kiosk_writes_waiting", "Writes that wait for a commit.", both("waiting"))
        yield self._gauge("kiosk_feed_head", "Position of the feed's head.", public.changes.head)
        yield self._gauge("kiosk_screens", "Screens enrolled.", len(public.hall.screens) - 1)
        yield self._gauge("kiosk_ready", "1 where /healthz says ready.", int(not public.refusal))

    def _counter(self, name: str, told: str, value: float) -> Metric:
        family = CounterMetricFamily(name, told, labels=["process"])
        family.add_metric([self._process], value)
        return family

    def _gauge(self, name: str, told: str, value: float) -> Metric:
        family = GaugeMetricFamily(name, told, labels=["process"])
        family.add_metric([self._process], value)
        return family


def route(public: PublicContext, token: str) -> Route:
    """Return ``GET /metrics``; without a token there is no such address."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(public))
    ProcessCollector(registry=registry)
    expected = f"Bearer {token}".encode()

    async def tell(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if not token or not hmac.compare_digest(given, expected):
            raise HTTPException(404)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Route(PATH, tell, methods=["GET"])
