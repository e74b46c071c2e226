"""Public holidays by two libraries."""
