"""Fixtures of the faults."""

from tests.journeys.fixtures import browser, shared_town, template, town, windows

__all__ = ["browser", "shared_town", "template", "town", "windows"]
