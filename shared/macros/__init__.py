"""Macros and canned replies: what agents do again and again, by name."""
