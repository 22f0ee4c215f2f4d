"""Searching, in the box and beside it: what is found, listed, offered, remembered."""
