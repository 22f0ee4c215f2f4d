"""What every kind of work in the window is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from content.model import Document
from desktop.arrangement import Arrangement
from desktop.commands import Commands
from desktop.describing import Describing
from desktop.fonts import Fonts
from desktop.furniture import Furniture
from desktop.jobs import Jobs
from desktop.notebook.place import Place
from desktop.reading.navigation import Navigation
from desktop.search.finder import Finder
from desktop.settings import Settings
from desktop.shelf import Shelf
from desktop.theme import Theme
from desktop.workspaces import Workspaces


class Speaker(Protocol):
    """Says a passing word to the reader."""

    @property
    def word_said(self) -> SignalInstance:
        """The word."""


class Teller(Protocol):
    """Says a sentence that stays until the reader closes it."""

    @property
    def told(self) -> SignalInstance:
        """The sentence."""


@dataclass(frozen=True)
class Parts:
    """One document's window and what is behind it. ``place`` is where the notebook lies; ``theme`` gives the colours in use."""

    window: QWidget
    document: Document
    place: Place
    settings: Settings
    fonts: Fonts
    theme: Callable[[], Theme]
    views: Furniture
    workspaces: Workspaces
    arrangement: Arrangement
    navigation: Navigation
    describing: Describing
    finder: Finder
    commands: Commands
    jobs: Jobs

    @property
    def data(self) -> Path:
        """The folder of the notebook."""
        return self.place.folder

    @property
    def shelf(self) -> Shelf:
        """What is in the notebook, as it is shown."""
        return self.commands.shelf

    def tell(self, sentence: str) -> None:
        """Show a sentence that stays until it is closed."""
        self.views.message.tell(sentence)

    def hear(self, *speakers: Speaker) -> None:
        """Show the passing words of these."""
        for speaker in speakers:
            speaker.word_said.connect(self.views.status.flash)

    def listen(self, *tellers: Teller) -> None:
        """Show the sentences of these."""
        for teller in tellers:
            teller.told.connect(self.tell)
