"""Power loss: what the shipped SQLite writes is recorded and replayed as a disk that lost some."""
