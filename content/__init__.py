"""The document: its model, its Markdown form, importers, citation and folding. No Qt, no index."""
