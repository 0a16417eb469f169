"""Secrets of this machine: the store's key and the device's signing key."""
