"""Sockets that API Gateway holds."""
