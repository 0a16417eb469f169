"""The centre's server: the `Centre` port over HTTPS, sockets for waking, health and metrics."""
