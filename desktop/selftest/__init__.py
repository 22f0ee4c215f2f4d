"""自检: the program does everything it can once, on a notebook that is thrown away, and says how it went."""
