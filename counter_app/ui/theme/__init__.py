"""Looks: colours, spacing, shapes, style sheet. No widgets and no text here."""
