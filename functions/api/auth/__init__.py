"""Routes to log in and stay logged in."""
