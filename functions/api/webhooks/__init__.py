"""Routes about telling other systems."""
