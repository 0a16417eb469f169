"""What can be wrong with a camera or scanner, in words."""

from __future__ import annotations

from counter_app.errors import UserFacingError


class SourceAbsent(UserFacingError):
    """Nothing is at the address, or the cable is out."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.absent",
            "Nothing answers at {where}.",
            kept="The case is as it was.",
            remedy="Look whether the device is plugged in and switched on, then take the picture again.",
            where=where,
        )


class SourceSilent(UserFacingError):
    """The device was reached and gives no picture in time."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.silent",
            "The device at {where} gives no picture.",
            kept="The case is as it was.",
            remedy="Wait a moment and take it again; if it stays so, switch the device off and on.",
            where=where,
        )


class SourceGarbled(UserFacingError):
    """What came is no picture, or half of one."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.garbled",
            "What came from {where} is no whole picture.",
            kept="The case is as it was: half a picture is never taken in.",
            remedy="Take it again; look at the cable if it happens often.",
            where=where,
        )


class BeingScanned(UserFacingError):
    """A page is being scanned here: whoever looks for scanners now would spoil it."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.scanning",
            "A page is being scanned: {where} is not asked meanwhile.",
            kept="The scan goes on.",
            remedy="Look again when it is through.",
            where=where,
        )


class SourceBusy(UserFacingError):
    """Another program works with it."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.busy",
            "Another program works with the device at {where}.",
            kept="The case is as it was.",
            remedy="Close the other program, then take the picture again.",
            where=where,
        )


class NoPaper(UserFacingError):
    """The feeder is empty, or nothing new is in the folder."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.no-paper",
            "There is no page to take at {where}.",
            kept="The case is as it was.",
            remedy="Put the paper in, or take the picture in the device's own program; then do it again.",
            where=where,
        )


class NoFeeder(UserFacingError):
    """A page is asked of a feeder that the scanner has not, or does not tell of."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.no-feeder",
            "The scanner at {where} has no feeder.",
            kept="The case is as it was.",
            remedy="Lay the page on the glass, and set the scanner's option `input` to `flatbed`.",
            where=where,
        )


class Jammed(UserFacingError):
    def __init__(self, where: str) -> None:
        super().__init__(
            "imaging.jammed",
            "Paper is stuck, or the cover is open, at {where}.",
            kept="The case is as it was.",
            remedy="Take the paper out, close the cover, then scan again.",
            where=where,
        )


class NoProgram(UserFacingError):
    """The program that speaks to this kind of device is not on this machine."""

    def __init__(self, program: str) -> None:
        super().__init__(
            "imaging.no-program",
            "This machine lacks the program {program}, which speaks to the device.",
            kept="The case is as it was.",
            remedy="Have {program} installed, or use the device in another way: see docs/devices.md.",
            program=program,
        )


class AddressUnknown(UserFacingError):
    def __init__(self, url: str, known: str) -> None:
        super().__init__(
            "imaging.bad-url",
            "{url} is no address of a camera or scanner.",
            kept="Nothing was changed.",
            remedy="Write it like one of these: {known}",
            url=url or "“”",
            known=known,
        )
