"""Messages and notes on a ticket's timeline."""
