"""The pieces the stacks are made of."""
