"""Later starts of the program: one window for a notebook, which is handed what they were given."""
