"""Ways of sending e-mail."""
