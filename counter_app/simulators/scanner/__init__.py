"""A scanner and a passport reader made of software: texts onto a serial line, with faults on request."""
