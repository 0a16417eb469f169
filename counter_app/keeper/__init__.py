"""The machine's background process: printing, timers, tidying. One per home, started by whoever needs it."""
