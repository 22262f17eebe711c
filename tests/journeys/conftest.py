"""Fixtures of the journeys."""

from tests.journeys.fixtures import browser, quiet_town, template, town, windows

__all__ = ["browser", "quiet_town", "template", "town", "windows"]
