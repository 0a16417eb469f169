"""Closing a case's file, opening it by right, and its package as files (mission: C14, P8)."""
