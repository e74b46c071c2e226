"""Who people are: users, roles, credentials, sessions and the tokens that speak for them."""
