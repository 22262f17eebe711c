"""The summit exhibition: mayors' conclusions to read, vote on and answer, on touchscreens and phones."""

__version__ = "0.1.0"
