"""What residents said: read, filtered, supported, reported."""
