"""The work done in the window, a module for each kind: its controllers are made and connected with the views there."""
