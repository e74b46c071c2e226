"""Answers afterwards: receipts, replay, feedback, cost."""
