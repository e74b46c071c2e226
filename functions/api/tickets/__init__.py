"""Routes about tickets."""
