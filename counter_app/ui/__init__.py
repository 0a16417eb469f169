"""Windows. PySide6 lives here only; one folder per workspace, blind to one another."""
