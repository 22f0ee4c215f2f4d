"""What the reader sees. Views receive values and emit intent; none opens a store or another view."""
