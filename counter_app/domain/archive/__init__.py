"""归档: a closed case's file, its index, what it must hold, how long it is kept (mission: C14, P8)."""
