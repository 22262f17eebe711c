"""The sync of a hub and its kiosks under everything that can go wrong, drawn from a seed."""
