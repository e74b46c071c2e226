"""Open screens: who is connected, what they look at, and how entries reach them in order."""
