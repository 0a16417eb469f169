"""The kiosk: tickets, guides, progress, help, one question a page, for anybody who comes once a year."""
