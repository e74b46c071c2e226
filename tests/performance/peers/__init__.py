"""Two peers that do a ticket's work as their documentation shows it; the benchmark compares us with them."""
