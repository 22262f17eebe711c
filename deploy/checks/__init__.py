"""Rules of this project that no linter knows: ``python -m deploy.checks``, in ``make check``."""
