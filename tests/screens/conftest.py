"""Fixtures of the touchscreen's browser tests."""

from tests.screens.touch_fixtures import browser, stage, visitor

__all__ = ["browser", "stage", "visitor"]
