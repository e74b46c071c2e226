"""Queue, stream and schedule handlers, for Lambda and for the container's worker alike."""
