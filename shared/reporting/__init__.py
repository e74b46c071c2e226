"""How much came, how fast it was answered, by whom: counted from timelines."""
