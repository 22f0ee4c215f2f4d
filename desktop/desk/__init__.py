"""案头: what the reader writes beside the text, and what is like the measure he is at."""
