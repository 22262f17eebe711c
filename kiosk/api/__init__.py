"""What machines call: messages, feed, editions."""
