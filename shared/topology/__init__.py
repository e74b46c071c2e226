"""What the system is made of, as pure data: resources, grants, routes, consumers and schedules."""
