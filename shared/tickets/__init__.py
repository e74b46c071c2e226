"""Tickets: state, ownership, and the timeline every change of them is an entry of."""
