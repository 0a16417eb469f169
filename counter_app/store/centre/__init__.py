"""The centre's store: one set of Core tables on SQLite (SQLCipher) and on PostgreSQL."""
