"""Master keys in a file, for containers without a key service."""
