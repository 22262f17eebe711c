"""Every fault family, in the order in which they are printed."""

from __future__ import annotations

from tests.faults import (
    clocks,
    damage,
    feed_order,
    hub_kills,
    kiosk_kills,
    same_id,
    small_disk,
    touch_kills,
    upgrade,
)
from tests.faults.family import Family
from tests.faults.network import trials as network
from tests.faults.power import cuts as power_loss
from tests.faults.simulation import play as simulation
from tests.faults.uplink import trials as uplink
from tests.faults.vfs import trials as disk_operations

TO_PROCESSES: tuple[Family, ...] = (
    kiosk_kills.FAMILY,
    touch_kills.FAMILY,
    hub_kills.ON_SQLITE,
    hub_kills.ON_POSTGRESQL,
    same_id.FAMILY,
    clocks.FAMILY,
    simulation.FAMILY,
    network.FAMILY,
    uplink.FAMILY,
)

TO_DISKS: tuple[Family, ...] = (
    power_loss.FAMILY,
    disk_operations.FAMILY,
    small_disk.FAMILY,
    damage.BITS,
    damage.PAGES,
    damage.CUTS,
    upgrade.FAMILY,
    feed_order.FAMILY,
)

ALL: tuple[Family, ...] = (*TO_PROCESSES, *TO_DISKS)
