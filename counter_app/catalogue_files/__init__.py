"""Adapter: the catalogue and the hall as TOML files. No Qt, no SQL."""
