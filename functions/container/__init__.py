"""The two processes of the container: api and worker, and the admin command."""
