"""The centre's store: one set of Core tables for SQLite and PostgreSQL, and what each does its own way."""
