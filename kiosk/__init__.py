"""The summit exhibition: mayors' conclusions to read, vote on, comment and answer."""

__version__ = "0.1.0"
