"""Every fault family, in the order in which they are printed."""

from __future__ import annotations

from tests.faults import kiosk_kills, same_id
from tests.faults.family import Family
from tests.faults.feed_order import FAMILY as FEED_ORDER

ALL: tuple[Family, ...] = (
    kiosk_kills.FAMILY,
    same_id.FAMILY,
)
