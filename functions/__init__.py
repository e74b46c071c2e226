"""What is deployed: thin entry points over `shared`."""
