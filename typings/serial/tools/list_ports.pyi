# Only what the program uses of pyserial 3.5.
class ListPortInfo:
    device: str
    description: str
    hwid: str
    vid: int | None
    pid: int | None
    serial_number: str | None
    manufacturer: str | None
    product: str | None

def comports(include_links: bool = ...) -> list[ListPortInfo]: ...
