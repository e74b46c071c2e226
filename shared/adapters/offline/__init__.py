"""The built-in engine: reads, finds, quotes and hands over with the standard library alone."""

ENGINE = "offline/1"
"""Name told in receipts; raised whenever the same input may give another output."""
