"""The team's help articles and the spans answers rest on."""
