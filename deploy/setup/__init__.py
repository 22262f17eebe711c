"""Sets a machine up for the exhibition: ``python3 -m deploy.setup test`` (demo, check, bench).

Runs on the system's own Python, before anything is installed, so it uses the standard library
alone. Every step looks first whether its work is done already, and then does nothing.
"""
