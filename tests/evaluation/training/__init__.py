"""Makes the weights that ship with the offline engine, from texts that stay outside the repository."""
