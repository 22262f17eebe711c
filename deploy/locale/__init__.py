"""Keeps the catalogues of the interface in step with the sentences in the code."""
