"""Routes about files on tickets."""
