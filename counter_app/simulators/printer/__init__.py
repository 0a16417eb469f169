"""A thermal printer made of software: the same bytes in, a picture of the paper out.

`grammar` cuts bytes into commands, `head` moves the paper and puts ink on it, the `*_commands`
modules say what each command does, `decode` turns a finished job into sheets, `device` adds the
replies, faults and the power switch, `serving` the cable and the control line. It knows nothing of
the encoder or the driver: agreeing with them by accident is what it is there to prevent.
"""
