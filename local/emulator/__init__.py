"""MiniStack with what it lacks for us: writes that survive a kill, and resource types it does not know."""
