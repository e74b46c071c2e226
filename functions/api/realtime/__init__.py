"""Routes around sockets."""
