class ListPortInfo:
    device: str
    description: str
    hwid: str

def comports(include_links: bool = ...) -> list[ListPortInfo]: ...
