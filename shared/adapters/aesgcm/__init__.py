"""AES-256-GCM by `cryptography`."""
