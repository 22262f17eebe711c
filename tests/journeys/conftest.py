"""Fixtures of the journeys."""

from tests.journeys.fixtures import browser, shared_town, template, town, windows

__all__ = ["browser", "shared_town", "template", "town", "windows"]
