"""Lambda layers: what they hold (hash-pinned) and how they are built for Lambda's processor without Docker."""
