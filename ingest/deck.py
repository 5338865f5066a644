"""A slide deck in the think tank's form: which lines belong to which initiative and theme.

The form: a theme's title in capitals on its slides; "Exemple 1 : NAME LINK" opens an initiative, the numbers
begin anew under each theme, and "Force de cette initiative : …" closes it. The text around the examples is
the theme's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.words import STOP_WORDS, fold, words
from ingest.capitals import Title, best_title, titles
from ingest.cleaning import Block, run_on
from ingest.traced import Traced

_EXAMPLE = re.compile(
    r"^\W*(?:Exemple|Example)\s*(?:n\s*°\s*)?(?P<number>\d{1,2})\s*[:.\-–—]\s*(?P<rest>\S.*)$", re.DOTALL
)
STRENGTH = re.compile(
    r"(?:Force|Strength)\s+(?:de\s+(?:cette|l['’])\s*initiative|of\s+this\s+initiative)\s*:\s*(?P<said>\S[^\n]*)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"«»]+")
_LEAST_EXAMPLES = 2
_WIDEST_HEADER = 6
_LONG = 8  # words of a paragraph, as against a title
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the 1-based page that it stands on."""

    block: Block
    page: int | None = None
    begins_page: bool = False

    @property
    def lines(self) -> tuple[Traced, ...]:
        """The lines as they are."""
        return self.block.lines

    @property
    def paragraph(self) -> Traced:
        """The lines run on."""
        return self.block.paragraph


@dataclass(frozen=True, slots=True)
class Example:
    """The line that opens an initiative."""

    block: int
    number: int
    name: str
    link: str

    @property
    def words(self) -> frozenset[str]:
        """The folded words of four letters or more that tell its name."""
        return frozenset(word for word in words(self.name) if len(word) > 3 and word not in STOP_WORDS)


@dataclass
class Slide:
    """What a deck says of one initiative, one theme or neither: its paragraphs, and the theme's title."""

    title: str = ""
    example: Example | None = None
    theme: int | None = None
    paragraphs: list[Traced] = field(default_factory=list)
    page: int | None = None

    @property
    def text(self) -> str:
        """The paragraphs as one text."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


def read_deck(blocks: Sequence[Placed]) -> list[Slide] | None:
    """Return what belongs together, or None when the text is not a deck of that form.

    `Slide.theme` is the place of the theme among those found, in the order of the deck; a slide with a title
    is the theme's own.
    """
    examples = [one for place, block in enumerate(blocks) if (one := _example(place, block))]
    if len(examples) < _LEAST_EXAMPLES or not any(STRENGTH.search(block.paragraph.text) for block in blocks):
        return None
    groups = _groups(examples)
    found = titles([[line.text for line in block.lines] for block in blocks])
    if not found:
        return None
    return _Reading(blocks, groups, found).slides()


def _example(place: int, block: Placed) -> Example | None:
    found = _EXAMPLE.match(block.paragraph.text)
    if not found:
        return None
    line = found["rest"].split("\n")[0]
    name = _LINK.split(line)[0].strip(" \n:;,.-–—(")
    link = _LINK.search(found["rest"])
    if not name:
        return None
    return Example(place, int(found["number"]), name, link.group().rstrip(").,;") if link else "")


def _groups(examples: Sequence[Example]) -> list[list[Example]]:
    """Return the examples by theme: their numbers begin anew under each."""
    groups: list[list[Example]] = []
    for one in examples:
        if not groups or one.number <= groups[-1][-1].number:
            groups.append([])
        groups[-1].append(one)
    return groups


class _Reading:
    """Gives each block of a deck to whom it belongs."""

    def __init__(
        self, blocks: Sequence[Placed], groups: Sequence[Sequence[Example]], found: Sequence[Title]
    ) -> None:
        self._blocks = blocks
        self._groups = groups
        self._found = found
        self._examples = [one for group in groups for one in group]
        self._theme_of = {id(one): place for place, group in enumerate(groups) for one in group}
        self._headers = self._find_headers()
        self._chosen: set[str] = set()

    def slides(self) -> list[Slide]:
        owners = list(self._owners())
        named = [self._title(place, owners) for place in range(len(self._groups))]
        self._chosen = set(named)
        themes = {place: Slide(title=title, theme=place) for place, title in enumerate(named) if title}
        last = self._closing(owners)
        if last:
            themes[len(self._groups)] = last
        initiatives = {id(one): Slide(example=one, theme=self._theme_of[id(one)]) for one in self._examples}
        rest = Slide()
        for place, (block, owner) in enumerate(zip(self._blocks, owners, strict=True)):
            if place in self._headers:
                continue  # a logo and the theme's title once more
            if isinstance(owner, Example):
                slide = initiatives[id(owner)]
            else:
                slide = themes.get(owner, rest) if owner is not None else rest
            paragraph = self._without_title(place, block)
            if paragraph.text:
                slide.paragraphs.append(paragraph)
                slide.page = slide.page or block.page
        ordered: list[Slide] = [rest]
        for place in range(len(self._groups) + 1):
            ordered += [themes[place]] if place in themes else []
            group = self._groups[place] if place < len(self._groups) else ()
            ordered += [initiatives[id(one)] for one in group]
        return [slide for slide in ordered if slide.paragraphs]

    def _find_headers(self) -> dict[int, Example]:
        """Return the blocks that are an initiative's name beside a title, with the initiative."""
        headers: dict[int, Example] = {}
        for title in self._found:
            for place in title.blocks:
                beside = [
                    word
                    for word in words(self._blocks[place].paragraph.text)
                    if word not in title.words and len(word) > 3
                ]
                near = sorted(self._examples, key=lambda one: abs(one.block - place))[:3]
                owner = next((one for one in near if 2 * len(one.words & set(beside)) > len(beside)), None)
                if owner and len(beside) <= _WIDEST_HEADER:
                    headers.update(dict.fromkeys(title.span(place), owner))
        return headers

    def _owners(self) -> Iterator[Example | int | None]:
        """Yield for each block its initiative, the place of its theme, or None for the deck's own words."""
        opening = {one.block: one for one in self._examples}
        current: Example | None = None
        closed = False
        theme = 0
        first = self._first_theme()
        for place, block in enumerate(self._blocks):
            if place in opening:
                current, closed = opening[place], False
                theme = self._theme_of[id(current)]
            elif place in self._headers:
                yield self._headers[place]
                continue
            elif current and closed and not self._is_about(block, current):
                after = self._groups[theme]
                theme += current is after[-1]
                current = None
            if current:
                yield current
                closed = closed or bool(STRENGTH.search(block.paragraph.text))
            else:
                yield None if place < first else theme

    def _first_theme(self) -> int:
        """Return the block that the first theme begins with: what is before its title's page is nobody's."""
        until = self._examples[0].block
        placed = [place for title in self._found for place in title.blocks if place < until]
        title = min((place for place in placed if place not in self._headers), default=until)
        starts = [place for place in range(title + 1) if self._blocks[place].begins_page]
        return max(starts, default=0)

    def _is_about(self, block: Placed, example: Example) -> bool:
        """Say whether a block behind an initiative's last line still speaks of it, by name or link."""
        if not words(block.paragraph.text):
            return True
        said = set(words(block.paragraph.text))
        host = example.link.split("/")[2] if example.link.count("/") > 1 else "\0"
        initials = "".join(word[0] for word in words(example.name) if word not in STOP_WORDS)
        named = example.words & said
        return (
            host in block.paragraph.text
            or (len(initials) > 2 and initials in said)
            or (bool(named) and 2 * len(named) >= len(example.words))
        )

    def _title(self, group: int, owners: Sequence[Example | int | None]) -> str:
        """Return the title of a group's theme: the one that stands most on its slides."""
        own = {id(one) for one in self._groups[group]}
        places = {
            place
            for place, owner in enumerate(owners)
            if owner == group or (isinstance(owner, Example) and id(owner) in own)
        }
        text = fold(" ".join(self._blocks[place].paragraph.text for place in sorted(places)))
        return best_title(self._found, places, text)

    def _closing(self, owners: Sequence[Example | int | None]) -> Slide | None:
        """Return a last theme without examples: a title set apart, and paragraphs under it."""
        places = [place for place, owner in enumerate(owners) if owner == len(self._groups)]
        if not places:
            return None
        said = [self._blocks[place].paragraph.text for place in places]
        found = best_title(self._found, set(places), "")
        if found:
            return Slide(title=found, theme=len(self._groups))
        head = said[0]
        long = [one for one in said[1:] if len(words(one)) >= _LONG]
        is_title = 2 <= len(words(head)) <= _SHORT and head[-1] not in ".!?:;," and len(long) > 1
        return Slide(title=" ".join(head.split()), theme=len(self._groups)) if is_title else None

    def _without_title(self, place: int, block: Placed) -> Traced:
        """Return the paragraph of a block without the capitals of a theme's title that stand in it."""
        cuts = [cut for title in self._found if title.name in self._chosen for cut in title.cuts(place)]
        if not cuts:
            return block.paragraph
        lines = list(block.lines)
        for line, start, end in sorted(cuts, reverse=True):
            lines[line] = Traced.join([lines[line][:start], lines[line][end:]])
        return run_on(Traced.join(part for line in lines for part in (line, "\n")))
