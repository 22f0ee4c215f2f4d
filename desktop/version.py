"""The program's version; CHANGELOG.md says what each brought."""

VERSION = "0.1.0"
