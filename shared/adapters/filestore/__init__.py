"""Files in a directory, for containers without an object store."""
