"""Draws the example's graphic recording and makes its film; run by hand, never by a test."""
