"""Four stacks: network and data hold state; api and workers are made anew at will."""
