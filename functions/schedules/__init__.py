"""Timed jobs."""
