"""What the screen does by itself, and what staff set: night, corner, counters."""
