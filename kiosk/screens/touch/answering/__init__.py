"""Questions and votes: asked, answered, counted, shown."""
