"""Widgets that several workspaces share. They know looks and text they are given, never use cases."""
