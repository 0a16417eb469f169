"""Every duty hears every commit once, whoever asks first."""

from __future__ import annotations

from counter_app.keeper.waking import CommitWatch


def test_each_ear_hears_each_commit_once() -> None:
    commits = [False]

    def changed() -> bool:
        fresh, commits[0] = commits[0], False
        return fresh

    watch = CommitWatch(changed)
    first, second = watch.ear(), watch.ear()
    assert (first(), second()) == (True, True)  # what was before they began, they have not seen
    assert (first(), second()) == (False, False)
    commits[0] = True
    assert (first(), first(), second(), second()) == (True, False, True, False)
