"""The program a government service hall runs on: counter, kiosk, hall display."""
