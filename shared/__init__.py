"""The domain, its adapters and the two hosts' shared machinery."""
