"""The home: one directory that holds everything one machine keeps, and its plain description.

`home.toml` says which hall and device this is and whether it is a training home; it holds no secret.
Training is another world: a training home prints 演练无效, never enrols, and a real one refuses
simulators (design: safety).
"""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import tomli_w

from counter_app.errors import UserFacingError
from counter_app.peripherals import Peripherals, checked, of_old_form, read_peripherals

DESCRIPTION: Final = "home.toml"


@dataclass(frozen=True, slots=True)
class Home:
    """A home directory and what its description says.

    `role` is one of `domain.centre.roles.ROLES`. `centre` is where its hall's centre is: empty when it works
    alone, `https://host:port` of a hub; on the centre's own machine, and in the home of role `centre`
    itself, the store (`sqlite:///path` or `postgresql://…`).
    """

    path: Path
    hall: str
    device: str
    training: bool
    peripherals: Peripherals = field(default_factory=Peripherals)
    role: str = "counter"
    centre: str = ""

    @property
    def store(self) -> Path:
        return self.path / "store.db"

    @property
    def centre_certificate(self) -> Path:
        """The certificate of the centre's own authority, pinned when this device was enrolled."""
        return self.path / "centre.pem"

    @property
    def training_clock(self) -> Path:
        """How far from the machine's clock a training home's goes; not there while it goes with it."""
        return self.path / "training-clock"

    @property
    def locks(self) -> Path:
        return self.path / "locks"

    @property
    def papers(self) -> Path:
        return self.path / "papers"

    @property
    def pictures(self) -> Path:
        return self.path / "pictures"

    @property
    def logos(self) -> Path:
        """Logos over the papers of its printers."""
        return self.path / "logos"

    @property
    def imports(self) -> Path:
        """Where other systems lay applications in (mission: I12)."""
        return self.path / "import"

    @property
    def exports(self) -> Path:
        """What windows write out for other systems; made when first used."""
        return self.path / "export"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def make_folders(self) -> None:
        """Make the home and its folders, readable by this account only."""
        for folder in (self.path, self.locks, self.papers, self.imports, self.logs):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def save(self) -> None:
        """Write the description whole or not at all."""
        self.make_folders()
        content: dict[str, object] = {
            "hall": self.hall,
            "device": self.device,
            "training": self.training,
            "role": self.role,
            "centre": self.centre,
        }
        if entries := self.peripherals.described():  # an empty list would bar [[peripherals]] by hand
            content["peripherals"] = entries
        draft = self.path / f"{DESCRIPTION}.{os.getpid()}"
        draft.write_text(tomli_w.dumps(content), encoding="utf-8")
        draft.replace(self.path / DESCRIPTION)


def _peripherals(raw: dict[str, object], *, training: bool) -> Peripherals:
    """Today's list, or the four addresses of earlier versions."""
    old = raw.get("devices")
    if "peripherals" not in raw and isinstance(old, dict):
        return checked(of_old_form(old), training=training)
    return read_peripherals(raw.get("peripherals", []), training=training)


def default_path() -> Path:
    """Where a home is when nobody says: `COUNTER_APP_HOME`, else the account's data folder."""
    named = os.environ.get("COUNTER_APP_HOME")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "counter-app"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "counter-app"


def open_home(path: Path) -> Home:
    """Read a home's description. UserFacingError `home.missing` or `home.unreadable`."""
    description = path / DESCRIPTION
    try:
        raw = tomllib.loads(description.read_text(encoding="utf-8"))
        return Home(
            path=path,
            hall=str(raw["hall"]),
            device=str(raw["device"]),
            training=bool(raw["training"]),
            peripherals=_peripherals(raw, training=bool(raw["training"])),
            role=str(raw.get("role", "counter")),
            centre=str(raw.get("centre", "")),
        )
    except FileNotFoundError as error:
        raise UserFacingError(
            "home.missing",
            "There is no home at {path}.",
            remedy="Make a training home with `counter-app demo init --home {path}`.",
            path=str(path),
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserFacingError(
            "home.unreadable",
            "The description of the home at {path} cannot be read: {reason}",
            kept="Nothing was changed.",
            remedy="Mend or restore home.toml; the store beside it is untouched.",
            path=str(path),
            reason=str(error),
        ) from error
