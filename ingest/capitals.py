"""Titles in capitals: found in the lines of a deck, told apart from acronyms, and spelt as a title is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rapidfuzz import fuzz
from simplemma import is_known

from corpus.dictionary import spellings
from corpus.words import STOP_WORDS, fold, words

_TOKEN = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]")
_ALIKE = 82  # percent: two spellings of one title, as a scanner leaves them
_LEAST_LETTERS = 7
_ACRONYM = 5
# What goes on with a title, but neither begins it nor, the accented letter and the sign apart, ends it.
_WITHIN = frozenset("ÀAYÔ&")
_LINKING = re.compile(r"(?:\b(?:À|DE|DU|DES|ET|EN|AU|AUX|LA|LE|LES|POUR|SUR|OF|AND|FOR|THE)|&|-|,)$")


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitals in one line: the place of its block, of the line in it, and where they begin and end."""

    block: int
    line: int
    start: int
    end: int
    text: str
    ends: bool
    """Nothing stands behind it in the line but marks."""


@dataclass(frozen=True, slots=True)
class Title:
    """One title, wherever it stands: `runs` are its occurrences, each over one line or more."""

    name: str
    words: frozenset[str]
    occurrences: tuple[tuple[_Run, ...], ...]

    @property
    def blocks(self) -> frozenset[int]:
        """The places of the blocks that it stands in."""
        return frozenset(run.block for some in self.occurrences for run in some)

    def span(self, block: int) -> frozenset[int]:
        """Return the places of all blocks that the occurrence in `block` runs over."""
        for some in self.occurrences:
            places = frozenset(run.block for run in some)
            if block in places:
                return places
        return frozenset()

    def cuts(self, block: int) -> Iterator[tuple[int, int, int]]:
        """Yield line, start and end of its capitals in a block."""
        for some in self.occurrences:
            for run in some:
                if run.block == block:
                    yield run.line, run.start, run.end


def titles(blocks: Sequence[Sequence[str]]) -> list[Title]:
    """Return the titles in capitals among the lines of blocks, in the order in which they first stand.

    Spellings that are alike are one title; it is called by the one whose words are best known. A title of one
    word counts too, and `best_title` judges it.
    """
    found: list[list[tuple[_Run, ...]]] = []
    runs = [run for place, lines in enumerate(blocks) for run in _runs(place, lines)]
    for one in _whole(list(_joined(runs))):
        spoken = _spoken(one)
        same = next((some for some in found if fuzz.ratio(_spoken(some[0]), spoken) >= _ALIKE), None)
        if same is None:
            found.append([one])
        else:
            same.append(one)
    return [_title(some) for some in found if _letters(_spoken(some[0])) >= _LEAST_LETTERS]


def best_title(found: Sequence[Title], places: AbstractSet[int], said: str) -> str:
    """Return the name of the title that stands most often in blocks at `places`, "" when none does.

    Between equals the one that the folded text `said` names as well is meant, then the longest: a slide also
    has boxes in capitals.
    """
    spoken = " ".join(words(said))

    def weight(title: Title) -> tuple[int, bool, int, int]:
        times = sum(some[0].block in places for some in title.occurrences)
        told = len(title.words) > 1 and spoken.count(" ".join(words(title.name))) > times
        return times, told, len(title.words), -min(title.blocks)

    here = [title for title in found if title.blocks & places]
    return max(here, key=weight).name if here else ""


def spelt(capitals: str) -> str:
    """Return a title as it is written in running text: accents where only one spelling has them.

    "POLES TERRITORIAUX" → "Pôles territoriaux"; what looks like an acronym stays one.
    """
    spoken = []
    for word in capitals.split():
        lower = word.lower()
        bare = "".join(_LETTERS.findall(lower))
        choices = spellings(fold(bare))
        if not bare or fold(bare) in STOP_WORDS or bare != lower.strip("&-,'’"):
            spoken.append(lower)
        elif len(bare) <= _ACRONYM and len(choices) == 1 and not _is_word(bare):
            spoken.append(word)
        else:
            only = choices[1] if len(choices) == 2 and not _is_word(bare) else bare
            spoken.append(lower.replace(bare, only))
    text = " ".join(spoken)
    return text[:1].upper() + text[1:]


def _runs(block: int, lines: Sequence[str]) -> Iterator[_Run]:
    for place, line in enumerate(lines):
        tokens = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(line)]
        stretches: list[list[tuple[int, int, str]]] = [[]]
        for token in tokens:
            if _is_capital(token[2]) or (stretches[-1] and token[2] in _WITHIN):
                stretches[-1].append(token)
            elif stretches[-1]:
                stretches.append([])
        for some in stretches:
            while some and _is_loose(some[-1][2], rest=line[some[-1][1] :]):
                some.pop()
            if some and _letters("".join(token[2] for token in some)) >= 2:
                start, end = some[0][0], some[-1][1]
                text = " ".join(token[2] for token in some).strip(",;:.‘’' ")
                yield _Run(block, place, start, end, text, ends=_letters(line[end:]) == 0)


def _is_capital(token: str) -> bool:
    letters = _LETTERS.findall(token)
    return len(letters) > 1 and all(char.isupper() for char in letters)


def _is_loose(token: str, *, rest: str) -> bool:
    """Say whether a word of one letter, last of its capitals, is no part of them."""
    return token in _WITHIN and token != "&" and (token != "À" or bool(rest.strip()))


def _joined(runs: Sequence[_Run]) -> Iterator[tuple[_Run, ...]]:
    """Yield the runs that make one title: it goes on in the next line, or behind a linking word."""
    current: list[_Run] = []
    for run in runs:
        if current and not _goes_on(current, run):
            yield tuple(current)
            current = []
        current.append(run)
    if current:
        yield tuple(current)


def _whole(occurrences: Sequence[tuple[_Run, ...]]) -> Iterator[tuple[_Run, ...]]:
    """Yield the occurrences, two in neighbouring blocks as one where a third says that they are one title."""
    spoken = [_spoken(one) for one in occurrences]
    skip = False
    for place, one in enumerate(occurrences):
        following = occurrences[place + 1] if place + 1 < len(occurrences) else ()
        if skip:
            skip = False
            continue
        if following and 0 <= following[0].block - one[-1].block <= 1:
            both = f"{spoken[place]} {spoken[place + 1]}"
            others = [other for at, other in enumerate(spoken) if at not in (place, place + 1)]
            skip = any(
                fuzz.ratio(both, other) >= max(_ALIKE, fuzz.ratio(spoken[place], other) + 1)
                for other in others
            )
        yield (*one, *following) if skip else one


def _goes_on(current: Sequence[_Run], run: _Run) -> bool:
    last = current[-1]
    next_line = run.block == last.block and run.line == last.line + 1
    next_block = run.block == last.block + 1 and run.line == 0 and bool(_LINKING.search(last.text))
    # Beside another column too, a title ends its lines, one below the other.
    return last.ends and run.ends and (next_line or next_block)


def _spoken(occurrence: Sequence[_Run]) -> str:
    return " ".join(word for run in occurrence for word in words(run.text) if word not in STOP_WORDS)


def _title(occurrences: Sequence[tuple[_Run, ...]]) -> Title:
    def known(occurrence: tuple[_Run, ...]) -> tuple[float, int]:
        spoken = words(" ".join(run.text for run in occurrence))
        return sum(_known(word) for word in spoken) / len(spoken), len(spoken)

    texts = [" ".join(run.text for run in some) for some in sorted(occurrences, key=known, reverse=True)]
    name = re.sub(r"^(?:LES?|LA)\s+|^L['’]", "", texts[0].rstrip("& "))
    own = frozenset(word for text in texts for word in words(text) if word not in STOP_WORDS)
    return Title(spelt(name), own, tuple(occurrences))


def _is_word(word: str) -> bool:
    return bool(is_known(word, lang="fr"))


def _known(word: str) -> bool:
    return _is_word(word) or len(spellings(fold(word))) > 1


def _letters(text: str) -> int:
    return len(_LETTERS.findall(text))
