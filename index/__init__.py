"""Search over documents: exact hits, related measures, suggestions. No Qt."""
