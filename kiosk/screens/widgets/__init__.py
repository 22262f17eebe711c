"""What several screens draw alike: patterns, QR codes, words, keyboard."""
