"""When something goes wrong, and what the program is made of: log, faults, diagnostics, licences."""
