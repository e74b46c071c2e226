"""What people do to a running deployment."""
