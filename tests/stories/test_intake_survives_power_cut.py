"""A counter loses power in the middle of a citizen: everything typed is there again (mission: X3)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from counter_app.domain.intake.fold import CASES
from tests.support.intake_hall import CLERK, IntakeHall

CHILD = """
import os, signal, sys
from pathlib import Path
from tests.support.intake_hall import CLERK, IntakeHall
hall = IntakeHall(Path(sys.argv[1]))
case = hall.case("0603", "zhang", married="yes", has_children="no")
hall.intake.mark(CLERK, "m1", case, "letter", "to_correct", "缺公章")
hall.intake.set_field(CLERK, "f1", case, "phone", "0317-2000001")
print(case, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_draft_is_whole_after_kill_9(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    case = done.stdout.strip()
    hall = IntakeHall(tmp_path, publish=False)
    try:
        view = hall.queries.case_view(case, "3")
        assert view.persons[0].name == "张伟"
        assert {line.material: line.reason for line in view.lines}["letter"] == "缺公章"
        assert dict(view.fields) == {"phone": "0317-2000001"}
        with hall.store.reading() as reader:
            assert CASES.replay(reader.history(f"case:{case}")) == reader.need(CASES, case)
        again = hall.intake.open_case(CLERK, hall.key())
        assert again != case
    finally:
        hall.close()
