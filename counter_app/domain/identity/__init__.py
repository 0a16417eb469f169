"""Identity documents: what a card says, what its number says, and how both are masked.

The bytes between reader and computer are not here (`devices/id_card`), nor is the person as the hall
knows them (a party): a document is only what was laid on the reader.
"""
