"""Routes that tell people everything."""
