"""Where a visitor's work is kept between two visits: a file of their own, under a key that nobody can guess."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock, Timer
from time import time
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.files import written_beside
from workbench.jobs.session.saving import VERSION, snapshot

if TYPE_CHECKING:
    import pandas as pd

    from workbench.jobs.session.session import Session

#: Days after which work that nobody came back to is removed.
SESSION_DAYS = 30
#: Seconds after a change in which others may follow before all is written.
PAUSE = 0.3


class VisitStore:
    """One visitor's file, and beside it their own register, if they uploaded one.

    The file's name tells nothing of the key: whoever lists the folder gets no further than whoever does not.

    Parameters
    ----------
    folder
        for all visitors of this user; it is closed to others.
    key
        the visitor's, and what distinguishes one service from another; None while it is not known yet.
    """

    def __init__(self, folder: Path, key: Callable[[], str | None]) -> None:
        self.folder, self._key = folder, key

    def load(self) -> dict[str, Any] | None:
        """What was saved; None where there is nothing that can be read."""
        file = self._file(".json")
        try:
            saved = json.loads(file.read_text(encoding="utf-8")) if file else None
        except (OSError, ValueError):
            return None
        return saved if isinstance(saved, dict) and saved.get("version") == VERSION else None

    @property
    def register(self) -> Path | None:
        """The visitor's own register, if they uploaded one."""
        file = self._file(".csv")
        return file if file is not None and file.is_file() else None

    def save(self, saved: dict[str, Any]) -> None:
        """Write the work."""
        self._write(".json", lambda path: path.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8"))

    def save_register(self, register: pd.DataFrame) -> None:
        """Write the visitor's own register."""
        from workbench.inputs.register import write_register

        self._write(".csv", lambda path: write_register(register, path))

    def forget_register(self) -> None:
        """The plan is for the served register again."""
        self._remove(".csv")

    def clear(self) -> None:
        """Forget all of it."""
        for ending in (".json", ".csv"):
            self._remove(ending)

    def _file(self, ending: str) -> Path | None:
        key = self._key()
        return self.folder / (sha256(key.encode()).hexdigest()[:40] + ending) if key else None

    def _write(self, ending: str, put: Callable[[Path], object]) -> None:
        file = self._file(ending)
        if file is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_name(f"{file.stem}.draft{ending}")
        put(draft)
        draft.chmod(0o600)
        with written_beside(file) as temporary:
            draft.replace(temporary)

    def _remove(self, ending: str) -> None:
        file = self._file(ending)
        if file is not None:
            file.unlink(missing_ok=True)


def sweep(folder: Path, days: float = SESSION_DAYS) -> None:
    """Remove what nobody came back to."""
    with suppress(OSError):
        for file in folder.iterdir():
            with suppress(OSError):
                if file.is_file() and file.stat().st_mtime < time() - days * 86_400:
                    file.unlink()


class Autosave:
    """Writes a session's work soon after each change, beside it: nobody waits for a disk."""

    def __init__(self, session: Session, store: VisitStore) -> None:
        self.session, self.store = session, store
        self._timer: Timer | None = None
        self._lock = Lock()
        self._written_register: object = None
        session.saves = True
        for subject in ("answer", "opened"):
            session.signals.watch(subject, self.soon)
        # What somebody keeps by hand is on the disk before they can leave the page.
        session.signals.watch("kept", self.now)

    def soon(self) -> None:
        """Write in a moment."""
        if self._timer is not None and self._timer.is_alive():
            return
        self._timer = Timer(PAUSE, self.now)
        self._timer.daemon = True
        self._timer.start()

    def now(self) -> None:
        """Write what there is; where that cannot be done the page works on, and nothing is kept."""
        session = self.session
        with self._lock, suppress(OSError, WorkbenchError, RuntimeError):
            if not session.ready:
                return
            saved = snapshot(session)
            saved["register"] = {"own": session.own_register, "name": session.register_name}
            if session.own_register and session.register is not None:
                if self._written_register is not session.register:
                    self.store.save_register(session.register)
                    self._written_register = session.register
            else:
                self.store.forget_register()
            self.store.save(saved)
