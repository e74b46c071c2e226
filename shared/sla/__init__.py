"""Service levels: what customers are promised, by when it falls due in working time, and whether it was kept."""
