"""The AWS deployment, derived from the table in `shared/topology`."""
