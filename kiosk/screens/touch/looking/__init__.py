"""Topics and exhibits, each a step of its own."""
