"""A block: HTML of ours among Gradio's components."""

from __future__ import annotations

import gradio as gr


def block(value: str = "", *, elem_id: str) -> gr.Markdown:
    """Return a component for HTML.

    Not gr.HTML: its templates are evaluated, which a strict Content-Security-Policy forbids. Markdown leaves
    a block of HTML as it is, up to an empty line (`whole`).
    """
    return gr.Markdown(
        whole(value),
        elem_id=elem_id,
        sanitize_html=False,
        latex_delimiters=[],
        container=False,
        padding=False,
    )


def whole(html: str) -> str:
    """Return HTML as one block that Markdown does not look into."""
    return "<div>" + html.replace("\r", "").replace("\n", "&#10;") + "</div>" if html else ""
