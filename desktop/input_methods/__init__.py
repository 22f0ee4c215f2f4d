"""How Chinese reaches the program on Linux: Qt's own module where it serves, else a client of fcitx."""
