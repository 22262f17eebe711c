"""Every fault family, in the order in which they are printed."""

from __future__ import annotations

from tests.faults.family import Family
from tests.faults.power.cuts import FAMILY as POWER_LOSS

ALL: tuple[Family, ...] = (POWER_LOSS,)
