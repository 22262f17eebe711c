"""Weeks of a hall in an hour: visits, new editions, restarts, wrong clocks, and what they cost."""
