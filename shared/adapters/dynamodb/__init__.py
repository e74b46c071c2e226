"""DynamoDB: one module per table's access patterns over a transport that takes an operation and a request."""
