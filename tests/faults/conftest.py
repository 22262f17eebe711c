"""Fixtures of the faults."""

from tests.journeys.fixtures import browser, quiet_town, template, town, windows

__all__ = ["browser", "quiet_town", "template", "town", "windows"]
