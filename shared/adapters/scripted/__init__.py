"""A language model that says what it is told to: for tests, demonstrations and attack drills."""
