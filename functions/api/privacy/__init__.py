"""Routes about what a person may ask of us."""
