"""The demonstration help centre of a made-up shop."""
