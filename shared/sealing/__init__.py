"""Fields that nobody reads without a person's own key: sealing, opening, and the keys' own life."""
