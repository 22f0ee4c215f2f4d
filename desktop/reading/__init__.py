"""阅读: going about in the text, copying from it, marking it."""
