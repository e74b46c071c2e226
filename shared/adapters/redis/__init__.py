"""The shared cache (Redis, Valkey, ElastiCache): limits, presence, short-lived values. All of it may be lost."""
