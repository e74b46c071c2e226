"""Routes about the system itself."""
