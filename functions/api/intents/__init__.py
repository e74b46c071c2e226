"""Routes of intents a team teaches."""
