"""`python -m bench NAME [--json] [--quick | --long]`: run one benchmark and print its figures."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from typing import Final

from bench import (
    acts,
    casework,
    city,
    devices,
    hall,
    line,
    pictures,
    readers,
    receipt,
    search,
    startup,
    sync,
    tickets,
)
from bench.results import Result

BENCHES: Final[dict[str, Callable[[bool], list[Result]]]] = {
    "acts": acts.run,
    "casework": casework.run,
    "city": city.run,
    "devices": devices.run,
    "hall": hall.run,
    "line": line.run,
    "pictures": pictures.run,
    "readers": readers.run,
    "receipt": receipt.run,
    "search": search.run,
    "startup": startup.run,
    "sync": sync.run,
    "tickets": tickets.run,
}
LONG: Final[dict[str, Callable[[], list[Result]]]] = {"city": city.run_long, "hall": hall.run_long}


def main() -> int:
    """Exit 0 when every figure with a bar holds, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--quick", action="store_true", help="a short form for the tests")
    parser.add_argument(
        "--long", action="store_true", help="the whole of `hall` or `city`: a quarter of an hour"
    )
    arguments = parser.parse_args()
    if arguments.long and arguments.name not in LONG:
        parser.error(f"{arguments.name} has no long form")
    results = LONG[arguments.name]() if arguments.long else BENCHES[arguments.name](arguments.quick)
    if arguments.json:
        machine = {"system": platform.platform(), "python": platform.python_version()}
        print(
            json.dumps(
                {"bench": arguments.name, "machine": machine, "results": results},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for result in results:
            print(_line(result))
    return 0 if all(result["holds"] is not False for result in results) else 1


def _line(result: Result) -> str:
    bar = "" if result["bar"] is None else f"  (bar {result['bar']} {result['unit']})"
    mark = {None: " ", True: "+", False: "-"}[result["holds"]]
    return f"{mark} {result['what']}: {result['value']} {result['unit']}{bar}"


if __name__ == "__main__":
    sys.exit(main())
