"""Participants, staff, permissions, tokens, enrolled kiosks."""
