"""What people do: verbs by area, the queries behind every view, and the ports to the outside."""
