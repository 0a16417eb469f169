"""All SQL. The journal, the folds' rows, published rows, notes, tokens; SQLite under SQLCipher."""
