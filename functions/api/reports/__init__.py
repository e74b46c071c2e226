"""Figures of what happened."""
