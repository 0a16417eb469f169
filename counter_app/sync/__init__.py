"""The device's end of the wire: the `Centre` port over HTTPS to a hub. No Qt, no SQL."""
