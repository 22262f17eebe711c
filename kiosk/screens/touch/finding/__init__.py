"""The search: its field, and what it found."""
