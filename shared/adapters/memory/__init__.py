"""In-memory twins of the stores, queues and models: product code, held to the same contract suites."""
