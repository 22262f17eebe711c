"""The interface in every language: catalogues and their translator."""
