"""The touchscreen in a public hall."""
