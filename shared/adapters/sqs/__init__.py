"""Job queues in SQS, and the container's way of reading them."""
