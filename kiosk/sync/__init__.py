"""Between kiosk and hub: push the outbox, pull the feed, apply."""
