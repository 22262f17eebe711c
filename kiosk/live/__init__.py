"""Tells open screens what has changed, after commit."""
