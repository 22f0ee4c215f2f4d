"""Papers of the text: chosen, exported, printed."""
