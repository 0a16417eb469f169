"""Cash drawers: behind a receipt printer, whose line the keeper holds, or on a serial line of their own."""
