"""A new machine in the library becomes a kiosk by the code that the desk shows, and is shut out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk import clock
from kiosk.people import enrolment_codes, kiosk_store
from kiosk.people.enrolment import read_identity
from tests.journeys.checkout import ROOT, environment
from tests.journeys.people import SCEAUX
from tests.journeys.processes import Process, free_port
from tests.journeys.town import Town
from tests.journeys.waiting import until


def kiosk(*words: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator types it."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_machine_is_enrolled_by_its_code_shows_the_exhibition_and_is_shut_out(
    town: Town, tmp_path: Path
) -> None:
    """The code is typed; the screen fetches the edition; revoked, it is heard no more."""
    town.start(town.public)
    with town.hub_database() as hub:
        now = clock.now()
        code = hub.write_now(
            lambda c: enrolment_codes.make(c, "alma", "Library", "", SCEAUX, "By the door", now)
        ).text
    port = free_port()
    machine = {**town.touch.settings, "data": tmp_path / "machine", "touch_port": port}
    done = kiosk("enrol", "--code", code.lower(), "--hub", town.public.address, **machine)
    assert done.returncode == 0, done.stderr
    assert "This machine is Library" in done.stdout
    identity = read_identity(tmp_path / "machine" / "touch" / "identity.json")
    again = kiosk("enrol", "--code", code, **machine)
    assert (again.returncode, "enrolled already" in again.stderr) == (2, True)

    library = Process("touch", port, machine, tmp_path / "library.log")
    library.start()
    try:
        until(lambda: _heard(town, identity.id), "the library's kiosk was heard")
        listed = kiosk("kiosks", **town.public.settings)
        assert "Library" in listed.stdout
        assert kiosk("revoke", str(identity.number), **town.public.settings).returncode == 0
        assert "shut out" in kiosk("kiosks", **town.public.settings).stdout
        twice = kiosk("revoke", str(identity.number), **town.public.settings)
        assert (twice.returncode, "already" in twice.stderr) == (2, True)
    finally:
        library.kill()


def _heard(town: Town, kiosk_id: str) -> bool:
    with town.hub_database() as hub:
        found = {k.id: k.last_seen_at for k in hub.read_now(kiosk_store.everyone)}
    return found.get(kiosk_id) is not None
