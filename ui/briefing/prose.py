"""The text of an answer as blocks of a document, its markers as footnotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.tree import SyntaxTreeNode

from ui.briefing import tree
from ui.briefing.tree import Node
from ui.shapes import parser, pieces

Cite = Callable[[int], list[Node]]
"""Gives the footnote of a marker, nothing for a marker that points to no citation."""
MOST_COLUMNS = 6
"""A table with more of them does not fit a page: its rows are told one below the other."""


def answer_to_blocks(text: str, cite: Cite) -> list[Node]:
    """Return the paragraphs, lists and tables of an answer."""
    return _blocks(SyntaxTreeNode(parser().parse(text)).children, cite)


def _blocks(nodes: Sequence[SyntaxTreeNode], cite: Cite) -> list[Node]:
    return [_block(node, cite) for node in nodes]


def _block(node: SyntaxTreeNode, cite: Cite) -> Node:
    match node.type:
        case "bullet_list":
            return tree.bullets(_blocks(item.children, cite) for item in node.children)
        case "ordered_list":
            start = int(node.attrs.get("start", 1))
            return tree.numbered((_blocks(item.children, cite) for item in node.children), start=start)
        case "table":
            return _table(node, cite)
    # In a list that is tight, markdown-it hides the paragraphs.
    inlines = [inline for child in node.children for inline in _inlines(child.children, cite)]
    return tree.plain(inlines) if node.hidden else tree.para(inlines)


def _table(node: SyntaxTreeNode, cite: Cite) -> Node:
    head, *rows = [
        [_cell(cell, cite) for cell in row.children] for part in node.children for row in part.children
    ]
    if len(head) <= MOST_COLUMNS:
        return tree.table(head, rows)
    return tree.bullets(
        [
            tree.plain(name),
            tree.bullets(
                [tree.plain([tree.strong(title), *tree.words(" – "), *cell])]
                for title, cell in zip(head[1:], cells, strict=True)
                if cell
            ),
        ]
        for name, *cells in rows
    )


def _cell(node: SyntaxTreeNode, cite: Cite) -> list[Node]:
    return [inline for child in node.children for inline in _inlines(child.children, cite)]


def _inlines(nodes: Sequence[SyntaxTreeNode], cite: Cite) -> list[Node]:
    return [inline for node in nodes for inline in _inline(node, cite)]


def _inline(node: SyntaxTreeNode, cite: Cite) -> list[Node]:
    match node.type:
        case "strong":
            return [tree.strong(_inlines(node.children, cite))]
        case "em":
            return [tree.emphasis(_inlines(node.children, cite))]
        case "softbreak":
            return tree.words(" ")
        case "hardbreak":
            return [tree.line_break()]
    return _cited(node.content, cite)


def _cited(text: str, cite: Cite) -> list[Node]:
    """Return a text with its links and footnotes; the number of a footnote stands close to its word."""
    found: list[Node] = []
    cited = False
    for piece in pieces(text):
        note = cite(piece.marker) if piece.kind == "marker" else []
        if note:
            if found and found[-1] in (tree.SPACE, tree.NO_BREAK):
                found.pop()
            found += [*(tree.between_footnotes() if cited else []), *note]
        elif piece.kind == "link":
            found += tree.link(piece.text)
        else:
            found += tree.words(piece.text)
        cited = bool(note) or (cited and not piece.text.strip())
    return found
