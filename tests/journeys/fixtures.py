"""What the stories of journeys and faults start from: a town, and browsers for its people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import town as towns
from tests.journeys.browsers import Windows, chromium
from tests.journeys.town import Town


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an ordinary morning, made once."""
    return towns.prepared(tmp_path_factory.getbasetemp() / "morning")


@pytest.fixture
def town(tmp_path: Path, template: Path) -> Iterator[Town]:
    """A town of the test's own; the story starts what it needs."""
    with towns.town(tmp_path / "town", template) as made:
        yield made


@pytest.fixture(scope="package")
def shared_town(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Iterator[Town]:
    """A town with all three processes, for stories that kill nothing and publish nothing.

    Each keeps to exhibits of its own, so that no story counts what another left.
    """
    folder = tmp_path_factory.mktemp("shared") / "town"
    with towns.town(folder, template) as made:
        made.start()
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; closed with the module, since its loop would be in other tests’ way."""
    with chromium() as running:
        yield running


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    """The browsers of the story's people."""
    made = Windows(browser)
    yield made
    made.close()
