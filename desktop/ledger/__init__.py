"""台账: filled in, exchanged with Excel."""
