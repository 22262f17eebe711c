"""Stories about what an exhibition's files may say, and what is said about them."""
