"""Routes of test questions."""
