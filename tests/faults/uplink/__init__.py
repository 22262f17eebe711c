"""A venue's line to the hub is down for eight hours while people go on voting and speaking."""
