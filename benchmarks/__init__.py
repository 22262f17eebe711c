"""Measures the exhibition on the machine it runs on: ``make bench`` (docs/performance.md).

Every server is a real process on the loopback, started for the run with a data folder of its own.
What is compared is measured in turns within one run, since absolute figures differ by machine.
"""
