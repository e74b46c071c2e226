"""What API Gateway's WebSocket API calls."""
