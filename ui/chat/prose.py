"""The text of an answer as HTML, its markers as links.

An answer quotes documents, and a document may hold anything: HTML, images and links of Markdown, odd
addresses. All of it comes out as text; only the shapes that an answer is laid out in (paragraphs, lists,
tables, bold), its own markers and plain http addresses become elements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from assistant.answer import Answer, Citation
from corpus.documents import Language
from ui.shapes import parser, pieces
from ui.text import say


def answer_to_html(answer: Answer, *, number: int, language: Language) -> str:
    """Return the text of the `number`th answer as HTML; `language` is that of the page."""
    markdown = parser()
    cited = {citation.marker: citation for citation in answer.citations}
    env = {"cited": cited, "number": number, "language": language, "seen": set()}
    label = escape(say("table", language))
    markdown.add_render_rule("text", _text)
    markdown.add_render_rule(
        "table_open", lambda *_: f'<div class="table" role="group" aria-label="{label}" tabindex="0"><table>'
    )
    markdown.add_render_rule("table_close", lambda *_: "</table></div>")
    # A corner of a table that says nothing heads nothing.
    return str(markdown.render(answer.text, env)).replace("<th></th>", "<td></td>")


def link_to_html(address: str, *, label: str | None = None, language: Language = "fr") -> str:
    """Return an address as a link, plain text unless it is http or https."""
    if not re.match(r"https?://[^\s<>\"]+$", address):
        return escape(label or address)
    window = escape(say("card.window", language))
    return (
        f'<a class="out" href="{escape(address)}" target="_blank" rel="noopener noreferrer" title="{window}">'
        f"{escape(label or address)}</a>"
    )


def name_of(citation: Citation) -> str:
    """Return what a citation is about, in one name: its initiative, else its theme, else its document."""
    if citation.initiative:
        return citation.initiative.name
    return citation.theme.name if citation.theme else citation.document.title


def _text(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    return _linked(tokens[index].content, env)


def _linked(text: str, env: EnvType) -> str:
    parts = []
    for piece in pieces(text):
        if piece.kind == "link":
            parts.append(link_to_html(piece.text, language=env["language"]))
        else:
            marker = _marker(piece.marker, env) if piece.kind == "marker" else ""
            parts.append(marker or escape(piece.text))
    return "".join(parts)


def _marker(marker: int, env: EnvType) -> str:
    """Return the link of one marker, nothing when it points to no citation."""
    cited: Mapping[int, Citation] = env["cited"]
    if marker not in cited:
        return ""
    place = f"{env['number']}-{marker}"
    first = f' id="marker-{place}"' if marker not in env["seen"] else ""
    env["seen"].add(marker)
    label = escape(say("marker", env["language"], marker=marker, name=name_of(cited[marker])))
    return (
        f'<a class="marker"{first} href="#source-{place}" aria-label="{label}" title="{label}">'
        f"<span>[</span>{marker}<span>]</span></a>"
    )
