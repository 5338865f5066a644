"""Following work in the background: its progress as JSON and as a piece of a page, and the way to stop it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from corpus.documents import Language
from ui.errors import JobUnknown
from ui.team.door import Door, Member, local
from ui.team.jobs import Job, Jobs, Stage
from ui.team.moments import moment
from ui.team.telling import error_to_json, why
from ui.text import all_phrases, say
from ui.web.language import language_of
from ui.web.pages import Pages

_NO_STORE = {"Cache-Control": "no-store"}


def following(pages: Pages, door: Door, jobs: Jobs) -> APIRouter:
    """Return the routes."""
    router = APIRouter(include_in_schema=False)

    @router.get("/admin/jobs/{id}")
    def job(id: str, _member: Member = door.guard) -> JSONResponse:
        try:
            return JSONResponse(jobs.get(id).model_dump(mode="json"), headers=_NO_STORE)
        except JobUnknown as error:
            return JSONResponse(error_to_json(error), status_code=404, headers=_NO_STORE)

    @router.get("/admin/jobs/{id}/progress")
    def progress(id: str, request: Request, here: str = "", member: Member = door.guard) -> Response:
        try:
            shown = shown_job(jobs.get(id), language_of(request))
        except JobUnknown as error:
            return pages.refuse(request, error, status=404)
        return pages.respond(
            "team/progress.html", request, job=shown, csrf=member.csrf, here=local(here), moment=moment
        )

    @router.post("/admin/jobs/{id}/cancel")
    def cancel(id: str, member: Member = door.guard) -> Response:
        back = local(str(member.form.get("next", "")))
        try:
            jobs.cancel(id)
        except JobUnknown as error:
            return member.refused(back, error)
        return member.back(back, "team.job.cancelling")

    return router


def shown_job(job: Job, language: Language) -> dict[str, Any]:
    """Return what `team/progress.html` shows of a job.

    `said` is what a screen reader is told: it changes with the stage and the state, not at each step.
    """
    stages = [_shown_stage(one, language) for one in job.stages]
    state = say(f"team.job.{job.state}", language)
    now = stages[-1]["name"] if stages and job.state == "running" else ""
    return {
        "id": job.id,
        "label": job.label,
        "state": job.state,
        "state_said": state,
        "started": job.started,
        "ended": job.ended,
        "stages": stages,
        "refused": sum(one.stage == "refused" for one in job.files),
        "files": [
            {
                "name": one.name,
                "stage": one.stage,
                "stage_said": _phrase(f"team.file.{one.stage}", one.stage, language),
                "why": why(one.why, language, named=False) if one.why else "",
            }
            for one in sorted(job.files, key=lambda one: one.stage != "refused")
        ],
        "notes": [why(one, language) for one in job.result.get("notes", ())],
        "why": why(job.error, language) if job.error else "",
        "said": f"{state} {now}".strip(),
    }


def _shown_stage(stage: Stage, language: Language) -> dict[str, Any]:
    count = say("team.job.count", language, done=stage.done, total=stage.total)
    return {
        "name": _phrase(f"stage.{stage.name}", stage.name, language),
        "done": stage.done,
        "total": max(stage.total, 1),
        "count": count,
    }


def _phrase(key: str, otherwise: str, language: Language) -> str:
    return say(key, language) if key in all_phrases() else otherwise
