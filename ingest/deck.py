"""A slide deck in the think tank's form: which lines belong to which initiative and theme.

The form: a theme's title in capitals on its slides; "Exemple 1 : NAME LINK" opens an initiative, the numbers
begin anew under each theme, and "Force de cette initiative : …" closes it. The text around the examples is
the theme's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.words import STOP_WORDS, fold, words
from ingest.capitals import Title, best_title, titles
from ingest.cleaning import Block, run_on
from ingest.traced import Traced

_EXAMPLE = re.compile(
    r"^\W*(?:Exemple|EXEMPLE|Example|EXAMPLE)\s*"
    r"(?:(?:[nN]\s*[°ºo]\s*)?(?P<number>\d{1,2})\s*[:.)\-–—]|:)\s*(?P<rest>\S.*)$",
    re.DOTALL,
)
_LABEL = (
    r"(?:Forces?|Strengths?)\s+(?:de\s+(?:cette|l['’])\s*initiative|of\s+(?:this|the)\s+initiative)\s*[:–—-]"
)
CLOSING = re.compile(_LABEL, re.IGNORECASE)
STRENGTH = re.compile(rf"{_LABEL}\s*(?P<said>\S[^\n]*)", re.IGNORECASE)
# Many leave out what a browser adds by itself.
_BARE_LINK = (
    r"(?:[a-z0-9-]+\.)+(?:fr|org|com|net|coop|eu|info|bzh|be|ch|ca|lu|uk|io)(?!\.?[\w-])(?:/[^\s<>\"«»]*)?"
)
_WHOLE_LINK = r"(?:https?://|www\.)[^\s<>\"«»]+"
_LINK = re.compile(rf"{_WHOLE_LINK}|(?:(?<=\S\s)|(?<=[(<])){_BARE_LINK}")
_LINK_ALONE = re.compile(
    rf"\W*(?:(?:Site|Lien|Link|Website)[^:\n]{{0,20}}:\s*)?(?P<link>{_WHOLE_LINK}|{_BARE_LINK})\W*"
)
_LEAST_EXAMPLES = 2
_WIDEST_HEADER = 6
_LONG = 8  # words of a paragraph, as against a title
_SHORT = 12
_LONGEST_NAME = 24  # words; what is longer is a sentence, even before a link
_MOST_LETTERS = 200


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
    number: int | None
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
    blocks = [part for block in blocks for part in _opened(block)]
    opening = _openings(blocks)
    if len({*opening.values()}) < _LEAST_EXAMPLES or not _closed(blocks, opening):
        return None
    capitals = titles([_beside_name(block, opening.get(place)) for place, block in enumerate(blocks)])
    found = [title for title in capitals if not _is_heading(title, blocks, opening)]
    return _Reading(blocks, opening, found).slides() if found else None


def _opened(block: Placed) -> Iterator[Placed]:
    """Yield a block in parts, cut where an initiative opens in the middle of it."""
    opening = [at for at, line in enumerate(block.lines) if at and _EXAMPLE.match(line.text)]
    cuts = [at for at in opening if _example(0, _part(block, at))]
    if not cuts:
        yield block
        return
    parts = [_part(block, *ends) for ends in pairwise([0, *cuts, len(block.lines)])]
    yield from (part for part in parts if part.paragraph.text)


def _part(block: Placed, start: int, end: int | None = None) -> Placed:
    lines = block.lines[start:end]
    paragraph = run_on(Traced.join(part for line in lines for part in (line, "\n")))
    if start:
        return Placed(Block(lines, paragraph), block.page)
    return replace(block, block=replace(block.block, lines=lines, paragraph=paragraph))


def _openings(blocks: Sequence[Placed]) -> dict[int, Example]:
    """Return the places where initiatives open; a slide that goes on in the next may repeat the line."""
    opening: dict[int, Example] = {}
    last: Example | None = None
    for place, block in enumerate(blocks):
        one = _example(place, block)
        if one:
            same = last and (last.number, fold(last.name)) == (one.number, fold(one.name))
            last = opening[place] = (same and last) or one
    # A summary names the initiatives that have slides of their own.
    closed = _closed(blocks, opening)
    named = {fold(one.name) for one in opening.values() if one in closed}
    return {at: one for at, one in opening.items() if one in closed or fold(one.name) not in named}


def _closed(blocks: Sequence[Placed], opening: Mapping[int, Example]) -> frozenset[Example]:
    """Return the examples that "Force de cette initiative" closes."""
    labels = [place for place, block in enumerate(blocks) if CLOSING.search(block.paragraph.text)]
    before = ([at for at in opening if at <= place] for place in labels)
    return frozenset(opening[max(some)] for some in before if some)


def _example(place: int, block: Placed) -> Example | None:
    found = _EXAMPLE.match(block.paragraph.text)
    if not found:
        return None
    number = int(found["number"]) if found["number"] else None
    link = _LINK.search(found["rest"])
    name = next((one for one, linked in _names(block, found["rest"]) if _is_name(one, number, linked)), "")
    site = link.group().rstrip(").,;") if link else ""
    return Example(place, number, _bare(name), site) if name else None


def _names(block: Placed, rest: str) -> Iterator[tuple[str, bool]]:
    """Yield what may be an initiative's name, and whether a link follows it: all before the link, a line."""
    first = rest.split("\n")[0]
    yield _LINK.split(first)[0], bool(_LINK.search(first))
    lines = [line.text.strip() for line in block.lines if line.text.strip()]
    for some in (lines[:1], lines[:2]):
        if found := _EXAMPLE.match(" ".join(some)):
            yield _LINK.split(found["rest"])[0], bool(_LINK.search(found["rest"]))


def _is_name(text: str, number: int | None, linked: bool) -> bool:
    """Say whether what follows "Exemple 1 :" names something: "exemple" is an ordinary word as well."""
    name = _bare(text)
    spoken = words(name)
    if not spoken or len(name) > _MOST_LETTERS or (number is None and not linked):
        return False
    if linked:
        return len(spoken) <= _LONGEST_NAME and (number is not None or not name[0].islower())
    is_sentence = text.rstrip().endswith((".", "!", "?", "…")) and len(spoken) > 3
    return len(spoken) <= _SHORT and not is_sentence


def _bare(name: str) -> str:
    return name.strip(" \n:;,.-–—(<")


def _beside_name(block: Placed, example: Example | None) -> list[str]:
    """Return the lines of a block, those empty that only open an initiative: its capitals are no title."""
    lines = [line.text for line in block.lines]
    if not example:
        return lines
    own = set(words(f"{example.name} {example.link}"))
    named = next((at for at, line in enumerate(lines) if at and not set(words(line)) <= own), len(lines))
    return [*[""] * named, *lines[named:]]


def _is_heading(title: Title, blocks: Sequence[Placed], opening: Mapping[int, Example]) -> bool:
    """Say whether capitals are an initiative's name above or on its own slide, and no theme."""
    own = frozenset(word for word in title.words if len(word) > 3)
    for place in (place for place, one in opening.items() if own and one.words == own):
        page = max((at for at in range(place + 1) if blocks[at].begins_page), default=place)
        following = min((at for at in opening if at > place), default=len(blocks))
        if all(min(page, place - 1) <= at < following for at in title.blocks):
            return True
    return False


def _groups(examples: Sequence[Example], fresh: frozenset[int]) -> list[list[Example]]:
    """Return the examples by theme: their numbers begin anew under each.

    Where there is no number, the page of a new title says so; `fresh` are the blocks that begin one.
    """
    groups: list[list[Example]] = []
    number = 0
    for one in examples:
        last = groups[-1][-1].block if groups else -1
        if one.number is None:
            begins = any(last < place <= one.block for place in fresh)
        else:
            begins = one.number <= number
        if not groups or begins:
            groups.append([])
            number = 0
        groups[-1].append(one)
        number = one.number or number
    return groups


class _Reading:
    """Gives each block of a deck to whom it belongs."""

    def __init__(
        self, blocks: Sequence[Placed], opening: Mapping[int, Example], found: Sequence[Title]
    ) -> None:
        self._blocks = blocks
        self._opening = opening
        self._found = found
        self._examples = list(dict.fromkeys(opening.values()))
        self._fresh = self._find_fresh()
        self._groups = _groups(self._examples, self._fresh)
        self._theme_of = {id(one): place for place, group in enumerate(self._groups) for one in group}
        self._headers = self._find_headers()
        self._closed = _closed(blocks, opening)
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
            slide.page = slide.page or block.page
            paragraph = self._without_title(place, block)
            if paragraph.text:
                slide.paragraphs.append(paragraph)
        for slide in initiatives.values():
            slide.example = _linked(slide)
        ordered: list[Slide] = [rest]
        for place in range(len(self._groups) + 1):
            ordered += [themes[place]] if place in themes else []
            group = self._groups[place] if place < len(self._groups) else ()
            ordered += [initiatives[id(one)] for one in group]
        return [slide for slide in ordered if slide.paragraphs or slide.title]

    def _find_fresh(self) -> frozenset[int]:
        """Return the blocks that begin a page on which a title stands for the first time."""
        starts = [place for place, block in enumerate(self._blocks) if block.begins_page]
        first = [min(title.blocks) for title in self._found]
        return frozenset(max((start for start in starts if start <= place), default=place) for place in first)

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
        current: Example | None = None
        closed = awaits = False
        theme = 0
        first = self._first_theme()
        for place, block in enumerate(self._blocks):
            if place in self._opening:
                current, closed = self._opening[place], False
                theme = self._theme_of[id(current)]
            elif place in self._headers:
                yield self._headers[place]
                continue
            elif current and self._is_over(place, current, closed=closed, awaits=awaits):
                after = self._groups[theme]
                theme += current is after[-1]
                current = None
            if current:
                yield current
                label = CLOSING.search(block.paragraph.text)
                closed = closed or bool(label)
                awaits = bool(label) and not STRENGTH.search(block.paragraph.text)
            else:
                yield None if place < first else theme

    def _is_over(self, place: int, current: Example, *, closed: bool, awaits: bool) -> bool:
        """Say whether an initiative ended before a block: behind its strength, or where a theme begins."""
        block = self._blocks[place]
        if not closed:
            return current not in self._closed and place in self._fresh
        # The strength may be set apart from its label.
        is_strength = awaits and not block.begins_page and not any(place in one.blocks for one in self._found)
        return not is_strength and not self._is_about(block, current)

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
        host = example.link.split("://")[-1].split("/")[0] or "\0"
        if not example.link and not block.begins_page and _LINK_ALONE.fullmatch(block.paragraph.text):
            return True
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


def _linked(slide: Slide) -> Example | None:
    """Return a slide's example; where its own line has no link, with one that stands by itself."""
    alone = (_LINK_ALONE.fullmatch(paragraph.text.strip()) for paragraph in slide.paragraphs)
    link = next((found["link"] for found in alone if found), "")
    return slide.example if not slide.example or slide.example.link else replace(slide.example, link=link)
