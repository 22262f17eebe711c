"""A visitor without a pointer: walks with the tabulator and must see where she is."""

from __future__ import annotations

from playwright.sync_api import Page

_WHERE = """() => {
    let at = document.activeElement;
    if (!at || at === document.body || at.tabIndex < 0) return null;
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const labelled = (at.getAttribute('aria-labelledby') ?? '').split(' ')
        .map((id) => document.getElementById(id)?.innerText ?? '').join(' ').trim();
    return {
        name: (at.getAttribute('aria-label') ?? (labelled || at.innerText) ?? '').trim(),
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 0 && box.bottom > 0 && box.right > 0
            && box.top < innerHeight && box.left < innerWidth,
        open: !!document.querySelector('dialog[open]') && !at.closest('dialog[open]'),
    };
}"""

MOST_STOPS = 60


class Keys:
    """Walks a page by keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def walk_to(self, name: str) -> None:
        """Press the tabulator until the control of this name has the focus.

        Raises:
            AssertionError: it cannot be reached, or a stop on the way does not show its focus.
        """
        stops: list[str] = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            where = self.page.evaluate(_WHERE)
            if where is None:
                continue
            stops.append(where["name"])
            assert where["marked"], f"nobody sees that {where['name']!r} has the focus"
            assert where["seen"], f"{where['name']!r} has the focus outside the screen"
            assert not where["open"], f"{where['name']!r} is reached behind an open dialog"
            if name in where["name"].splitlines() or where["name"] == name:
                return
        raise AssertionError(f"{name!r} is not among the stops: {stops}")

    def press(self, name: str) -> None:
        """Walk to a control and press Enter."""
        self.walk_to(name)
        self.page.keyboard.press("Enter")

    def type(self, text: str) -> None:
        """Type on a physical keyboard."""
        self.page.keyboard.type(text)
