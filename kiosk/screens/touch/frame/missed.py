"""A press that comes for a button just drawn anew: NiceGUI drops it; here its page is told."""

from __future__ import annotations

from typing import Any

from nicegui.client import Client

_handle = Client.handle_event


def handle_event(self: Client, msg: dict[str, Any]) -> None:
    """Hand an event to its element, or tell the page that this is gone (``redrawn.js``).

    What was sent before the page heard of the new drawing would do nothing; the page presses what
    stands in its place for the same subject, if anything does.
    """
    if msg["id"] in self.elements:
        _handle(self, msg)
        return
    root = next((each for each in self.elements.values() if "touch" in each.classes), None)
    if root is not None:
        root.props["data-missed"] = f"c{int(msg['id'])}"
        root.update()


def tell() -> None:
    """Have NiceGUI's clients do so; a second call changes nothing."""
    Client.handle_event = handle_event  # type: ignore[method-assign]
