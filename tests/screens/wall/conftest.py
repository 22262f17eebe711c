"""A wall in a real browser: its stream and its clock are the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.journeys.browsers import chromium

STREAM = """window.EventSource = class {
    constructor(address) { window.stream = this; this.address = String(address); }
    addEventListener(kind, act) { this[`on${kind}`] = act; }
    close() {}
};"""
BY_ITS_CLOCK = """AbortSignal.timeout = (milliseconds) => {
    const patience = new AbortController();
    setTimeout(() => patience.abort(), milliseconds);
    return patience.signal;
};"""
"""Has a page give up by the clock that the test moves, as it does all else."""


@pytest.fixture
def page() -> Iterator[Page]:
    """A browser whose pages hear what the test says; their time passes where a story lets it."""
    with chromium() as browser:
        opened = browser.new_page()
        opened.clock.install(time=0)
        opened.clock.pause_at(1_000)
        opened.add_init_script(STREAM)
        opened.add_init_script(BY_ITS_CLOCK)
        yield opened
