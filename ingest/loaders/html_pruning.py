"""Pruning a web page: what surrounds its text, and what nobody sees of it.

Only what stands in the page itself counts (`hidden`, `style=`): a style sheet that hides is often undone by a
script when the reader clicks, and we fetch none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from ingest.extract import Draft, Reason
from ingest.loaders.colours import TINY, is_white

_NEVER_TEXT = re.compile(
    "nav|script|style|template|noscript|head|link|meta|iframe|object|embed|svg|canvas|audio|video|map|"
    "button|input|select|textarea|option|datalist|progress|meter"
)
_PAGE_PARTS = frozenset({"header", "footer", "aside"})
_ROLES = re.compile(
    "navigation|search|banner|contentinfo|complementary|dialog|alertdialog|menu|menubar|toolbar"
)
_CONSENT = re.compile(
    r"\b(?:cookies?|cookie ?(?:banner|bar|consent|notice)|cookiebot|cookieyes|consent|gdpr|rgpd|"
    r"tarteaucitron\w*|didomi|axeptio|onetrust)\b"
)
_LINKS = re.compile(
    r"\b(?:breadcrumbs?|ariane|shar(?:e|ing|ebar|edaddy)|addtoany|addthis|partager?|socials?|skip|pagination)\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINTS = re.compile(r"[\W\d_]+")
_KEEPS = ("main", "article", "h1")
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))\s*(px|pt|em|rem|ex|ch|in|cm|mm|vw|vh|%)?")
_POINTS = {"px": 0.75, "pt": 1, "in": 72, "cm": 28.3, "mm": 2.83, "em": 12, "rem": 12, "%": 0.12}
_ABOUT = 6  # points, of a unit that depends on the window or the font
_OFF_PAGE = -700  # points to the left or the top: about a screen
_FEW = 40


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What an element hands to those inside it."""

    white: bool = False
    backed: bool = False
    in_article: bool = False


def prune(soup: BeautifulSoup, draft: Draft, *, whole_page: bool) -> None:
    """Take out of the tree what is no text of it; what is hidden is noted in the draft.

    `whole_page` says that headers, asides and the like are those of a site, not of a chapter.
    """
    todo: list[tuple[PageElement, _Inherited]] = [(child, _Inherited()) for child in soup.contents[::-1]]
    while todo:
        node, inherited = todo.pop()
        if isinstance(node, Tag):
            if _is_furniture(node, inherited, whole_page=whole_page):
                node.extract()
            elif reason := _hidden(node):
                draft.hide(_text(node), reason)
                node.extract()
            else:
                passed_on = _passed_on(node, inherited)
                todo += [(child, passed_on) for child in node.contents[::-1]]
        elif not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
            node.extract()  # a comment and the like
        elif inherited.white and not inherited.backed:
            draft.hide(str(node), "white")
            node.extract()


def holds(element: Tag, names: Collection[str]) -> bool:
    """Say whether an element of one of these names is inside.

    beautifulsoup's `find` first goes down to the last element inside, which takes long in a deep nest.
    """
    todo = element.contents[::-1]
    while todo:
        node = todo.pop()
        if isinstance(node, Tag):
            if node.name in names:
                return True
            todo += node.contents[::-1]
    return False


def _text(element: Tag) -> str:
    """Return the words inside, without those of scripts."""
    return " ".join(
        string
        for string in element.find_all(string=True)
        if type(string) is NavigableString and string.strip()
    )


def _is_furniture(element: Tag, inherited: _Inherited, *, whole_page: bool) -> bool:
    if _NEVER_TEXT.fullmatch(element.name):
        return True
    if not whole_page or element.name in {"html", "body", "main", "article"}:
        return False
    if element.name == "form":  # some sites put the whole page into one
        return not holds(element, _KEEPS)
    if element.name in _PAGE_PARTS or _ROLES.fullmatch(str(element.get("role", "")).lower()):
        return not inherited.in_article and not holds(element, _KEEPS[:2])
    names = _names(element)
    if _CONSENT.search(names):
        return not holds(element, _KEEPS)
    return bool(_LINKS.search(names)) and _is_only_links(element)


def _names(element: Tag) -> str:
    """Return the words that an element is called by, in its class, id and label: "cookie banner"."""
    classes = element.get("class") or ""
    given = [classes if isinstance(classes, str) else " ".join(classes)]
    given += [str(element.get(name) or "") for name in ("id", "aria-label")]
    return _JOINTS.sub(" ", _CAMEL.sub(" ", " ".join(given))).lower()


def _is_only_links(element: Tag) -> bool:
    """Say whether an element holds links, and no more than a few letters beside them."""
    outside, links = 0, 0
    todo = element.contents[::-1]
    while todo and outside <= _FEW:
        node = todo.pop()
        if isinstance(node, NavigableString):
            outside += len(node.strip())
        elif isinstance(node, Tag) and node.name in {"h1", "h2", "h3"}:
            return False
        elif isinstance(node, Tag) and node.name in {"a", "button"}:
            links += 1
        elif isinstance(node, Tag):
            todo += node.contents[::-1]
    return links > 0 and outside <= _FEW


def _hidden(element: Tag) -> Reason | None:
    """Return why nobody sees an element and what is in it, None when it is seen."""
    if element.has_attr("hidden") or str(element.get("aria-hidden", "")).lower() == "true":
        return "invisible"
    style = _style(element)
    if style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}:
        return "invisible"
    if style.get("opacity") in {"0", "0.0", "0%", ".0"}:
        return "invisible"
    size = _points(style.get("font-size", ""))
    if size is not None and 0 <= size < TINY:
        return "tiny"
    if _is_off_page(style):
        return "off page"
    return None


def _is_off_page(style: dict[str, str]) -> bool:
    indent = _points(style.get("text-indent", ""))
    if indent is not None and indent <= _OFF_PAGE:
        return True
    places = [_points(style.get(side, "")) for side in ("left", "top", "right", "bottom")]
    out = any(place is not None and place <= _OFF_PAGE for place in places)
    clipped = style.get("clip", "").replace(" ", "").replace("px", "") in {"rect(0,0,0,0)", "rect(0000)"}
    return style.get("position") in {"absolute", "fixed"} and (out or clipped)


def _passed_on(element: Tag, inherited: _Inherited) -> _Inherited:
    style = _style(element)
    colour = style.get("color") or (str(element.get("color", "")) if element.name == "font" else "")
    if colour and colour not in {"inherit", "currentcolor"}:
        inherited = replace(inherited, white=is_white(colour))
    background = " ".join(
        value for name in ("background", "background-color", "background-image") if (value := style.get(name))
    )
    background = background or str(element.get("bgcolor", "")) or str(element.get("background", ""))
    if background and background not in {"none", "inherit", "initial", "transparent"}:
        inherited = replace(inherited, backed=not is_white(background))
    return replace(inherited, in_article=inherited.in_article or element.name in {"article", "main"})


def _style(element: Tag) -> dict[str, str]:
    declarations = str(element.get("style", "")).lower().replace("!important", "").split(";")
    pairs = (declaration.partition(":") for declaration in declarations)
    return {name.strip(): value.strip() for name, colon, value in pairs if colon}


def _points(value: str) -> float | None:
    found = _LENGTH.fullmatch(value)
    return float(found.group(1)) * _POINTS.get(found.group(2) or "px", _ABOUT) if found else None
