"""Takes a picture of every screen, in every language, at its fullest and at its emptiest."""
