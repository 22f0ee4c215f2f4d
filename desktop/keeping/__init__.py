"""The notebook as a whole: backups, exchange with colleagues, 锚点体检."""
