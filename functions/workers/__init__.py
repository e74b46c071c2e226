"""Queue workers."""
