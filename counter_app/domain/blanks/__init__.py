"""空白凭证: numbered blanks per counter, none issued twice, none lost unseen (mission: P11)."""
