"""Routes of macros and canned replies."""
