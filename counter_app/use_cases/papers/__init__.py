"""Papers: issued inside the deciding act, printed by the keeper, reprinted, checked."""
