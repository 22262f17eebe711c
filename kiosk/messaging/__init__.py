"""Opaque envelopes: outbox, inbox, feed with cursor."""
