"""Five stacks: network and data hold state; sockets, api and workers are made anew at will."""
