"""Retours: what visitors think of answers, and the questions that the documents do not answer."""

from ui.team.feedback.section import routes

__all__ = ["routes"]
