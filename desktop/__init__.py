"""The application: what the reader sees, the reader's notebook, and what leaves the desk."""
