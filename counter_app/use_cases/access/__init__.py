"""Log-in, screen lock, rights, and looks at persons (mission: H3, H4, X3, X4)."""
