"""What every test stands on: no window on the screen, and time enough on a busy machine."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")
