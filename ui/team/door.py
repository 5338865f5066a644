"""The team's door: a password opens a session, and every page of the team asks for one."""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer
from starlette.datastructures import FormData

from corpus.errors import PasserelleError
from corpus.home import Home
from ui.errors import (
    FormStale,
    LoginsWaiting,
    PasswordWrong,
    RequestForeign,
    SessionMissing,
)
from ui.team.keys import LONGEST, Keys
from ui.team.notices import NOTICE, Notice, packed, unpacked
from ui.team.patience import Patience
from ui.text import as_sentence, explain
from ui.web.language import language_of
from ui.web.pages import Pages

SESSION = "passerelle_team"
LASTS = 12 * 3600
"""Seconds of a session."""
PLACE = "/admin"
FIRST = "/admin/documents"
LOGIN = "/admin/login"
TYPED = "application/x-www-form-urlencoded"
"""What a form without files sends."""
_NOTICE_LASTS = 120  # seconds
_WAITING = 10  # logins that may wait for their turn
_LOCAL = re.compile(r"/admin(?:/[\w./~%+-]*)?(?:\?[^\s\\#]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team, for one request.

    `csrf` stands in every form that is posted, `form` is what was posted, `notice` what the page before
    leaves to say. `_pack` makes the cookie that takes a notice to the next page.
    """

    csrf: str
    form: FormData = field(repr=False)
    notice: Notice | None
    _pack: Callable[[Response, Notice], None] = field(repr=False)

    def back(self, to: str, key: str, **fields: str | int) -> RedirectResponse:
        """Send to a page that says a phrase once. `to` is an address of ours."""
        return self._told(to, Notice(key=key, fields=fields))

    def refused(self, to: str, error: PasserelleError) -> RedirectResponse:
        """Send to a page that explains an error once."""
        return self._told(to, Notice.of(error))

    def _told(self, to: str, notice: Notice) -> RedirectResponse:
        response = RedirectResponse(to, status_code=303)
        self._pack(response, notice)
        return response


class _Signer(TimestampSigner):
    """Signs with the time of a clock that is given."""

    def __init__(self, *arguments: Any, clock: Callable[[], float], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._clock = clock

    def get_timestamp(self) -> int:
        return int(self._clock())


class Door:
    """Guards the pages of the team in one home. `clock` gives seconds since 1970, `sleep` waits some.

    While no password is set it stays shut, whatever is asked.
    """

    def __init__(
        self,
        home: Home,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.keys = Keys(home)
        self.guard: Any = Depends(self.member)
        """What a route behind the door takes: `member: Member = door.guard`."""
        self._clock = clock
        self._sleep = sleep
        self._patience = Patience(clock)
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def member(self, request: Request) -> Member:
        """Let a request of the team in: the dependency of every route behind the door.

        Raises PasswordMissing, SessionMissing and, of what is posted, RequestForeign and FormStale.
        """
        session = self._session(request)
        if session is None:
            raise SessionMissing()
        form = FormData()
        if request.method not in ("GET", "HEAD"):
            refuse_foreign(request)
            given = request.headers.get("x-csrf")
            if is_form(request):
                # Only now: nobody else makes the server take in a file.
                form = await request.form()
                given = given or _text(form.get("csrf"))
            if not hmac.compare_digest((given or "").encode(), session["csrf"].encode()):
                raise FormStale() if given else RequestForeign()
        return Member(session["csrf"], form, self._notice(request), self._packer(request))

    async def admit(self, password: str) -> None:
        """Check a password, one at a time and the slower the more were wrong.

        Raises PasswordWrong, PasswordMissing, and LoginsWaiting when too many wait for their turn.
        """
        if self._waiting >= _WAITING:
            raise LoginsWaiting()
        self._waiting += 1
        try:
            async with self._turn:
                await self._sleep(self._patience.seconds())
                await run_in_threadpool(self.keys.check, password)
        except PasswordWrong:
            self._patience.failed()
            raise
        finally:
            self._waiting -= 1

    def open_session(self, request: Request, response: Response) -> None:
        """Give a response the cookie of a new session. Raises PasswordMissing."""
        session = {"id": secrets.token_hex(8), "csrf": secrets.token_urlsafe(24)}
        self._set(request, response, SESSION, self._signed("session").dumps(session), seconds=LASTS)

    def end_session(self, request: Request, response: Response) -> None:
        """Close the session of a request for good."""
        session = self._session(request)
        if session:
            now = self._clock()
            self.keys.end(session["id"], until=now + LASTS, now=now)
        response.delete_cookie(SESSION, path=PLACE)

    def is_open_to(self, request: Request) -> bool:
        """Say whether a request has a session. Raises PasswordMissing."""
        return self._session(request) is not None

    def routes(self, pages: Pages) -> APIRouter:
        """Return the routes of the door itself."""
        router = APIRouter(include_in_schema=False)

        @router.get(LOGIN)
        def login_page(request: Request, next: str = FIRST) -> Response:
            if self.is_open_to(request):
                return RedirectResponse(local(next), status_code=303)
            return _login_page(pages, request, local(next), None)

        @router.post(LOGIN)
        async def login(
            request: Request,
            password: Annotated[str, Form()] = "",
            next: Annotated[str, Form()] = FIRST,
        ) -> Response:
            refuse_foreign(request)
            try:
                await self.admit(password[: LONGEST + 1])
            except (PasswordWrong, LoginsWaiting) as error:
                return _login_page(pages, request, local(next), error)
            response = RedirectResponse(local(next), status_code=303)
            self.open_session(request, response)
            return response

        @router.post("/admin/logout")
        def logout(request: Request, _member: Member = self.guard) -> Response:
            response = RedirectResponse(LOGIN, status_code=303)
            self.end_session(request, response)
            return response

        return router

    def _session(self, request: Request) -> dict[str, str] | None:
        """Return what the session holds, None without one. Raises PasswordMissing."""
        try:
            serializer = self._signed("session")
            session: dict[str, str] = serializer.loads(request.cookies.get(SESSION, ""), max_age=LASTS)
        except BadSignature:
            return None
        return None if self.keys.has_ended(session["id"]) else session

    def _notice(self, request: Request) -> Notice | None:
        try:
            return unpacked(
                self._signed("notice").loads(request.cookies.get(NOTICE, ""), max_age=_NOTICE_LASTS)
            )
        except BadSignature:
            return None

    def _packer(self, request: Request) -> Callable[[Response, Notice], None]:
        def pack(response: Response, notice: Notice) -> None:
            said = self._signed("notice").dumps(packed(notice))
            self._set(request, response, NOTICE, str(said), seconds=_NOTICE_LASTS)

        return pack

    def _signed(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self.keys.session_key, salt=purpose, signer=_Signer, signer_kwargs={"clock": self._clock}
        )

    def _set(self, request: Request, response: Response, name: str, value: str, *, seconds: int) -> None:
        secure = request.url.scheme == "https"
        response.set_cookie(
            name, value, max_age=seconds, path=PLACE, httponly=True, samesite="strict", secure=secure
        )


def refuse_foreign(request: Request) -> None:
    """Raise RequestForeign for what a page of another site sends."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        own = site in ("same-origin", "none")
    else:
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not own:
        raise RequestForeign()


def local(address: str) -> str:
    """Return an address of the team's pages as it is; for any other, the first of them."""
    known = _LOCAL.fullmatch(address) and ".." not in address and "//" not in urlsplit(address).path
    return address if known and not address.startswith((LOGIN, "/admin/logout")) else FIRST


def is_form(request: Request) -> bool:
    """Say whether a request holds what a form sends."""
    return kind_of(request) in (TYPED, "multipart/form-data")


def kind_of(request: Request) -> str:
    """Return the kind of what a request holds, such as `application/json`."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def login_address(next: str) -> str:
    """Return the address of the login that leads to a page of the team afterwards."""
    return f"{LOGIN}?next={quote(local(next), safe='/')}"


def _login_page(pages: Pages, request: Request, next: str, error: PasserelleError | None) -> Response:
    status = {type(None): 200, LoginsWaiting: 429}.get(type(error), 403)
    why = _why(request, error) if error else ""
    return pages.respond("team/login.html", request, status=status, next=next, why=why)


def _why(request: Request, error: PasserelleError) -> str:
    return as_sentence(explain(error, language_of(request)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
