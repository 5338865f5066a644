"""The keys of the team's door: the hash of its password, and what its sessions are signed with."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import threading
from pathlib import Path
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.home import Home
from ui.errors import PasswordMissing, PasswordShort, PasswordWrong

SHORTEST = 12
"""Characters that a password has at least."""
LONGEST = 1000


class _Kept(BaseModel):
    """What the file holds. `ended` are the sessions that were closed, with the second they would end at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    password: str
    key: Annotated[str, Field(min_length=32)]
    ended: dict[str, float] = {}


class Keys:
    """The file `team.json` of the home, for its owner alone; it is read anew each time, since the command
    line may set a password while the server runs.
    """

    def __init__(self, home: Home) -> None:
        self.file = home.folder / "team.json"
        self._hasher = PasswordHasher()
        self._writing = threading.Lock()

    def set(self, password: str) -> None:
        """Keep the hash of a password. The key is made anew with it, so that all sessions end.

        Raises PasswordShort.
        """
        if len(password) < SHORTEST:
            raise PasswordShort(count=len(password), limit=SHORTEST)
        with self._writing:
            kept = _Kept(password=self._hasher.hash(password[:LONGEST]), key=secrets.token_hex(32))
            self._write(kept)

    def check(self, password: str) -> None:
        """Raise PasswordWrong unless this is the password, PasswordMissing while none is set; takes 50 ms."""
        try:
            self._hasher.verify(self._read().password, password[:LONGEST])
        except (Argon2Error, InvalidHashError) as error:
            raise PasswordWrong() from error

    @property
    def session_key(self) -> str:
        """What sessions are signed with. Raises PasswordMissing while no password is set."""
        return self._read().key

    def has_ended(self, session: str) -> bool:
        """Say whether somebody closed a session."""
        return session in self._read().ended

    def end(self, session: str, *, until: float, now: float) -> None:
        """Remember that a session was closed, `until` it would have ended anyway (seconds since 1970)."""
        with self._writing:
            kept = self._read()
            ended = {one: at for one, at in kept.ended.items() if at > now}
            self._write(kept.model_copy(update={"ended": {**ended, session: until}}))

    def _read(self) -> _Kept:
        try:
            return _Kept.model_validate_json(self.file.read_bytes())
        except (OSError, ValidationError) as error:
            raise PasswordMissing() from error

    def _write(self, kept: _Kept) -> None:
        write_privately(self.file, json.dumps(kept.model_dump()))


def write_privately(file: Path, text: str) -> None:
    """Replace a file in one step by one that only its owner may read."""
    handle, half = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # made with mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        Path(half).replace(file)
    except OSError:
        Path(half).unlink(missing_ok=True)
        raise
