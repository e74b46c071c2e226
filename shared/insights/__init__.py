"""What people did, counted and listed."""
