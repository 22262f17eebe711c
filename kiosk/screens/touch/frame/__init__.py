"""What stands around every step: bar, poster, aids, languages, notices, the warning."""
