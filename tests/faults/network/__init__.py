"""A real kiosk worker and a real hub process, and between them a line that does its worst."""
