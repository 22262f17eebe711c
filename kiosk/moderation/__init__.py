"""Decisions on comments: rules, queue, log, reports."""
