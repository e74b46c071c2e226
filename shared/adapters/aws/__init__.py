"""What AWS's JSON services have in common: signatures, connections, and where they are."""
