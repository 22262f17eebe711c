"""Wiring: the hub's public side, its desk, a touchscreen, the demo; they alone read settings."""
