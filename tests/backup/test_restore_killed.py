"""A restore that loses its power leaves the old hub or the new one, never something between."""

from __future__ import annotations

from tests.backup.dying import restore_until_killed
from tests.backup.hub import Hub
from tests.journeys.copies import copies

STEPS_APART = {"sqlite": 1, "postgresql": 7}
"""Every step that touches the disk; of the server's many statements every seventh."""


def test_killed_at_every_step_a_restore_leaves_one_whole_hub(hub: Hub) -> None:
    """The hub opens afterwards, as it was or as the backup is; and the restore can be repeated."""
    path, _ = hub.backed_up()
    hub.votes("agree")
    url = hub.settings.database_url
    apart = STEPS_APART["postgresql" if url else "sqlite"]
    outcomes, last, ended = [], 0, False
    while not ended:
        before = hub.value("SELECT value FROM meta WHERE name = 'epoch'")
        child = copies().Process(
            target=restore_until_killed, args=(hub.settings.data, url, path, last)
        )
        child.start()
        child.join(60)
        ended = child.exitcode == 0
        assert ended or child.exitcode == -9, child.exitcode
        after = hub.value("SELECT value FROM meta WHERE name = 'epoch'")
        restored = after != before
        assert hub.agreed() == (1 if restored else 2), last
        if restored:
            hub.votes("agree")
        outcomes.append(restored)
        last += apart
    assert outcomes[-1]
    assert not outcomes[0]
    assert len(outcomes) > 10
    left = {p.name for p in hub.settings.data.iterdir() if not p.name.startswith("before-")}
    assert "restoring" not in left
    print(f"{len(outcomes)} kills: {outcomes.count(True)} left the backup, the rest the old hub")
