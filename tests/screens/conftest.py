"""Fixtures of the touchscreen's browser tests."""

from tests.screens.touch_fixtures import browser, fingers, stage, visitor

__all__ = ["browser", "fingers", "stage", "visitor"]
