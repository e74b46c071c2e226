"""Routes of service levels."""
