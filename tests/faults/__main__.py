"""`make faults`: every family's full number, resumed where the last run stopped.

``python -m tests.faults [--minutes N] [--afresh] [family …]``; figures go to build/faults.json.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from pathlib import Path

from tests.faults.families import ALL
from tests.faults.family import Family
from tests.faults.ledger import Ledger, line, row

KEPT_IN = Path(__file__).parents[2] / "build" / "faults.json"


def main() -> int:
    """Run until everything is done or the minutes are over; return 1 where something broke."""
    asked = _arguments()
    logging.getLogger("kiosk").setLevel(logging.CRITICAL)  # refusals are what is wanted here
    wanted = [family for family in ALL if not asked.family or family.name in asked.family]
    if asked.afresh:
        KEPT_IN.unlink(missing_ok=True)
    ledger = Ledger(KEPT_IN)
    if asked.table:
        print("\n".join(row(family, ledger.of(family)) for family in wanted))
        return 0
    possible = [family for family in wanted if not _told_impossible(family)]
    _controls(possible, ledger)
    try:
        _campaign(possible, ledger, time.monotonic() + asked.minutes * 60)
    except KeyboardInterrupt:
        print("Cut short; the next run goes on from here.")
    return _report(possible, ledger)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--afresh", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--table", action="store_true", help="print rows for docs/reliability.md")
    parser.add_argument("family", nargs="*", choices=[[], *(family.name for family in ALL)])
    return parser.parse_args()


def _told_impossible(family: Family) -> bool:
    reason = family.impossible()
    if reason:
        print(f"{family.name}: not on this machine: {reason}")
    return bool(reason)


def _controls(families: list[Family], ledger: Ledger) -> None:
    for family in families:
        account = ledger.of(family)
        if account.control is None or not account.control.lost:
            account.tries_control(family)
            ledger.save()


def _campaign(families: list[Family], ledger: Ledger, until: float) -> None:
    """Give each family the same time, until all are done or the time is over."""
    while time.monotonic() < until:
        left = [
            f for f in families if ledger.of(f).found.trials < f.full and not _gave_up(f, ledger)
        ]
        if not left:
            return
        family = min(left, key=lambda f: ledger.of(f).seconds)
        account = ledger.of(family)
        broken = len(account.broken)
        account.takes(family)
        ledger.save()
        if len(account.broken) > broken:
            print(f"{family.name}: {account.broken[-1]}", flush=True)
        elif _is_round(account.next):
            print(line(family, account), flush=True)


def _gave_up(family: Family, ledger: Ledger) -> bool:
    """A family that breaks again and again has told enough; its trials count nothing."""
    return len(ledger.of(family).broken) >= 20


def _is_round(number: int) -> bool:
    return number in (1, 10, 100, 1_000) or number % 5_000 == 0


def _report(families: list[Family], ledger: Ledger) -> int:
    print(f"\nWhat {KEPT_IN} holds (of the full number of each):")
    good = True
    for family in families:
        account = ledger.of(family)
        share = min(1.0, account.found.trials / family.full)
        print(f"{share:4.0%} {line(family, account)}")
        blind = account.control is None or not account.control.lost
        if blind:
            print(f"     BLIND: the control ({family.control_is}) lost nothing")
        good = good and not (blind or account.broken or account.found.lost)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
