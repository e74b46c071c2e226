"""Implementations of the ports, one folder per foreign system; each translates that system's errors at its edge."""
