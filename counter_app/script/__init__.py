"""An adapter: one Chinese script written in the other (opencc lives here only)."""
