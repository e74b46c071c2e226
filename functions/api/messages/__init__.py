"""Routes about messages and notes."""
