"""Follow-ups: a question that leans on the conversation is made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.courtesy import is_courtesy, may_ask_of_something
from assistant.cues import INITIATIVES, NEWEST, OLDEST, THEMES, asks_for, kinds
from assistant.framing import is_refusal
from assistant.pointing import (
    IS_IT_ONE,
    OF_THEM,
    ONE_OF_THEM,
    OTHER,
    WHICH_ONE,
    followed_by,
    nth,
    other,
    pointed_at,
    subject_of,
    with_names,
)
from assistant.question import Turn
from assistant.reading import Reader
from assistant.turning import exemplified, in_another_place, of_that_theme, stranger, the_rest
from assistant.word_lists import HOLLOW
from corpus.words import content, stem, words

_LEANS = frozenset(
    words(
        "son sa ses leur leurs elle elles il ils lui eux celui celle ceux celles y ci "
        "its it they their theirs them there she he this that these those one ones"
    )
)
_TURNING = frozenset(
    words("concernant cote cas question chose pareil idem sien sienne siens siennes same thing case")
)
# "il y a", "est-il possible", "is there": words that look like pronouns and point to nothing.
_IDLE = re.compile(
    r"\b(?:est ce qu?e?|il y a|y a t il|s il vous plait|qu est ce que c est|c est quoi|est il possible|"
    r"il faut|faut il|s est il|existe t il|is there|are there|is it (?:possible|true)|il s agit|fait il)\b"
)
# "L'ESS crée-t-elle": the pronoun repeats a subject that the question names.
_REPEATED = re.compile(
    r"(\b(?:le|la|les|l|un|une|notre|votre|vos|nos)(?: (?!et |ou |est |sont |qu)[a-z0-9]+){1,6}?"
    r"(?: est| sont)?(?: t)?) (?:il|elle|ils|elles)\b"
)
_TELL = "(?:detaille|cite|nomme|enumere|liste|explique|presente|decri|donne|precise|resume)"
_OF_IT = re.compile(
    r"\b(?:d )?en (?:a|ont|est|existe\w*|reste\w*|compte\w*|fait|font|parle\w*|savoir)\b|"
    r"\b(?:qui|quand|comment|pourquoi|ou) (?:les|la|le|l) (?:a|ont|avez|avait)\b|"
    rf"\b(?:les|la|le|l) {_TELL}\w*\b|\b{_TELL}\w* (?:les|la|le)$"
)
# "Qui la dirige ?", "comment les soutenir ?": the article is a pronoun.
_HER = re.compile(
    r"^(?:(?:et|mais|alors|sinon) )?qui (?:les|la|le|l) [a-z]{3,}(?: \w+ment| aujourd hui| maintenant)?$|"
    r"\b(?:comment|pourquoi|ou) (?:les|la|le|l) [a-z]{2,}(?:er|ir|dre|tre)$"
)
_OPENS = re.compile(
    r"^(?:et|and|alors|ok|mais|but|what about|how about|also|aussi|pareil|idem|sinon|meme question)\b"
)
_THE_OTHER = re.compile(
    r"\b(?:l['’]autre|the other)(?: (?:initiative|projet|structure|project|one))?"
    r"(?: (?:du|de la|in|of|under) (?:the )?(?:même|same) \w+)?",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:(?:voulais|veux) dire|je parl(?:ais|e) d\w*|je pensais a|plutot|i (?:meant?|was talking))\b"
)
_DENIES = frozenset(["pas", "not", "non"])
# "Ça existe depuis longtemps ?", "c'est dans quel coin ?", "and where was that?"
_IT_IS = re.compile(
    r"^(?:(?:et|and|mais|sinon|alors|\w+ment) )?"
    r"(?:ca|cela|c (?:est|etait)|(?:where )?(?:is|was) (?:it|that))\b"
)
_SEVERAL = re.compile(
    r"\b(?:leurs?|ils|elles|eux|their|they|them|theirs|both|les deux|the two|lequel|laquelle|lesquel\w+|"
    r"which one|which of|entre)\b"
)
_THIS_ONE = re.compile(rf"\b(?:cet(?:te)?|ces|ce|this|that|these|those|l une|l autre)\b|{_SEVERAL.pattern}")


_RANKS = re.compile(
    r"\b(?:quel\w*|lequel|laquelle|which|who|qui)\b.*"
    r"\b(?:plus|moins|most|fewest|oldest|older|newest|newer|youngest|younger|latest|first|largest|biggest)\b"
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no history: its text, and the fiches it is about."""

    text: str
    entities: tuple[str, ...] = ()


Earlier = Callable[[int], Standalone]
"""How the question at a place of the conversation was understood."""


def standalone(question: str, *, history: Sequence[Turn], reader: Reader) -> Standalone:
    """Rewrite a question from the conversation; one that stands alone comes back as it is."""

    @cache
    def earlier(place: int) -> Standalone:
        return _alone(history[place].content, history=history[:place], earlier=earlier, reader=reader)

    return _alone(question, history=history, earlier=earlier, reader=reader)


def _alone(question: str, *, history: Sequence[Turn], earlier: Earlier, reader: Reader) -> Standalone:
    told = reader.told(question)
    own = reader.entities(told) or reader.described(told)
    other_name = "" if own else stranger(told, reader)
    asked = [
        place for place, turn in enumerate(history) if turn.role == "user" and not is_courtesy(turn.content)
    ]
    if not asked:
        return Standalone(question, tuple(own))
    before = earlier(asked[-1])
    plain = reader.mend(question)
    if is_courtesy(question, plain=plain) and not may_ask_of_something(plain):
        return Standalone(question)
    meant = _meant_instead(plain, own, reader)
    if own and not meant and not _is_elliptical(plain, reader):
        several = bool(OF_THEM.search(plain) or WHICH_ONE.search(plain))
        if any(map(reader.is_initiative, own)) or not (several or IS_IT_ONE.search(plain)):
            return Standalone(question, tuple(own))
        among = _focus(history, asked=asked, several=several, earlier=earlier, reader=reader)
        return _among_named(question, own=own, among=among if several else among[-1:], reader=reader)
    elsewhere = in_another_place(question, before.text)
    if elsewhere and not any(map(reader.is_initiative, before.entities)):
        return Standalone(elsewhere, before.entities)
    turned = own or _located(plain, reader) or _turns_to(plain, reader)
    if turned:
        if not own and kinds(plain).keys() - {"definition"} and reader.is_initiative(turned[0]):
            return Standalone(question, tuple(turned))  # "et au Havre, ils font quoi ?"
        turned = meant or turned
        name = ", ".join(fiche.name for one in turned if (fiche := reader.catalogue.get(one)))
        return _with_other_name(before, question=question, name=name, own=turned, reader=reader)
    if other_name and _is_elliptical(plain, reader, besides=words(other_name)):
        # "Et Enercoop ?": it may be nothing that the documents know.
        return _with_other_name(before, question=question, name=other_name, own=[], reader=reader)
    if other_name and not _points_beside(plain, words(other_name)):
        return Standalone(question)
    examples = exemplified(plain, before.entities, reader)
    if examples:
        return Standalone(examples, before.entities)
    rest = the_rest(plain, before.text, before.entities, reader)
    if rest:
        return Standalone(*rest)
    one, item = nth(plain, history, reader=reader)
    if not (one or item or leans(plain, reader)):
        return Standalone(question)
    unknown = "" if one or item or before.entities else stranger(before.text, reader)
    if unknown and is_refusal(_answer(history, asked[-1])):
        # Of whom the documents say nothing: what was listed as near is not meant.
        return Standalone(f"{question.rstrip(' ')} ({unknown})")
    ranks = NEWEST.search(plain) or OLDEST.search(plain)  # "la plus ancienne ?" of those that were listed
    several = bool(_SEVERAL.search(plain) or ranks or _asks_of_a_list(plain, before, reader))
    several = several and not _counts_among(plain, history[asked[-1]].content, reader)
    focus = _focus(history, asked=asked, several=several, earlier=earlier, reader=reader)
    if not several:
        focus = pointed_at(plain, history, reader=reader) or focus[-1:]
    if OTHER.search(plain):
        pair = [one for one in before.entities if reader.is_initiative(one)]
        focus = other(plain, focus[-1:], history, reader=reader, pair=pair) or focus
        if len(focus) == 1 and (fiche := reader.catalogue.get(focus[0])):
            return Standalone(_THE_OTHER.sub(fiche.name, question), tuple(focus))
    meant_names = [fiche.name for id in one if (fiche := reader.catalogue.get(id))]
    if meant_names and (named := with_names(question, plain, meant_names)):
        return Standalone(named, tuple(one))
    focus = one or focus
    if item:
        return Standalone(f"{question.rstrip(' ')} ({item})", tuple(focus))
    if not focus:
        topic = subject_of(before.text, reader) or _topic(plain, before.text, reader)
        return Standalone(f"{question.rstrip(' ')} ({topic})" if topic else question)
    focus = of_that_theme(plain, focus, reader) or focus
    names = ", ".join(fiche.name for one in focus if (fiche := reader.catalogue.get(one)))
    if not any(reader.is_initiative(one) for one in focus) or _asks_of_what_was_asked(plain):
        names = " : ".join(filter(None, [names, _topic(plain, history[asked[-1]].content, reader)]))
    return Standalone(f"{question.rstrip(' ')} ({names})", tuple(focus))


def _among_named(question: str, *, own: Sequence[str], among: Sequence[str], reader: Reader) -> Standalone:
    """Let "laquelle des deux est un PTCE ?" choose among the initiatives spoken of."""
    names = ", ".join(fiche.name for one in among if (fiche := reader.catalogue.initiative(one)))
    if names:
        return Standalone(f"{question.rstrip(' ')} ({names})", (*among, *own))
    return Standalone(question, tuple(own))


def _points_beside(plain: str, name: Sequence[str]) -> bool:
    """Say whether a question points back beside a name, "ils travaillent avec Thales ?".

    Not "et Thales, ils sont où ?", which points at the name.
    """
    spoken = _OPENS.sub("", plain).split()
    if spoken[: len(name)] == list(name):
        return False
    bare = _REPEATED.sub(r"\1", _IDLE.sub(" ", " ".join(word for word in spoken if word not in name)))
    return bool(_LEANS & set(bare.split())) or any(one.search(bare) for one in (_OF_IT, _IT_IS, _HER))


def _answer(history: Sequence[Turn], place: int) -> str:
    """Return the answer to the question at a place of the conversation."""
    return next((turn.content for turn in history[place + 1 :] if turn.role == "assistant"), "")


def _meant_instead(plain: str, own: Sequence[str], reader: Reader) -> list[str]:
    """Return what a correction means: "je voulais dire Coopawatt, pas Coopaname"."""
    spoken = plain.split()
    denied = {fiche for start, _, fiche in reader.mentions(plain) if spoken[max(0, start - 1)] in _DENIES}
    asks = kinds(plain).keys() - {"definition", "yes-no"}
    if asks or not (denied or _CORRECTS.search(plain)):
        return []
    return [one for one in own if one not in denied]


def _located(plain: str, reader: Reader) -> list[str]:
    """Return the initiative of the one place that a question turns to: "et celle du Havre ?"."""
    turns = _OPENS.search(plain) or ONE_OF_THEM.search(plain)
    found = reader.located(plain) if turns else None
    return [found] if found else []


def _asks_of_a_list(plain: str, before: Standalone, reader: Reader) -> bool:
    """Say whether a field is asked of initiatives that were listed: "c'est où ?"."""
    listed = _IT_IS.search(plain) and asks_for(reader.mend(before.text), INITIATIVES)
    if any(map(reader.is_initiative, before.entities)):
        return False  # "le projet de R'Urban"
    return bool(listed) and bool(kinds(plain).keys() & {"place", "link", "date", "strength"})


def _counts_among(plain: str, earlier: str, reader: Reader) -> bool:
    """Say whether a count is asked of those that the question before counted: "parmi eux, combien …"."""
    both = (kinds(plain), kinds(reader.mend(earlier)))
    return bool(OF_THEM.search(plain)) and all("count" in asked for asked in both)


def _topic(plain: str, earlier: str, reader: Reader) -> str:
    """Return what the question before was about, where this one says nothing of it: "et c'était où ?"."""
    cues = set(" ".join(kinds(plain).values()).split())
    points = _OF_IT.search(plain)
    if not points and any(not reader.is_asking(word) and word not in cues for word in content(plain.split())):
        return ""
    before = reader.mend(earlier)
    named = reader.named_places(before)
    cues = set(" ".join(kinds(before).values()).split())
    spoken = [word for place, word in enumerate(before.split()) if place not in named and word not in cues]
    return " ".join(word for word in content(spoken) if stem(word) not in HOLLOW)


def _asks_of_what_was_asked(plain: str) -> bool:
    """Say whether a question only points at what the one before asked for: "tu peux me les détailler ?"."""
    return bool(_OF_IT.search(plain)) and not kinds(plain).keys() - {"yes-no", "definition", "person"}


def leans(plain: str, reader: Reader) -> bool:
    """Say whether a mended question points back to what was said before it."""
    bare = _REPEATED.sub(r"\1", _IDLE.sub(" ", plain))
    pointing = (_OPENS, _THIS_ONE, _OF_IT, _IT_IS, _HER)
    if any(pattern.search(bare) for pattern in pointing) or _LEANS & set(bare.split()):
        return True
    # "Quel site ?", "Since when?": too bare to be about nothing. A request for a class stands alone, and so
    # does what is none of the words that ask something of an organisation: "le rapport Latarjet".
    told = content(_IDLE.sub(" ", plain).split())
    spare = len(told) <= 2 and not asks_for(plain, rf"(?:{THEMES}|{INITIATIVES})")
    cues = set(" ".join(kinds(plain).values()).split())
    return spare and all(reader.is_asking(word) or word in cues for word in told)


def _turns_to(plain: str, reader: Reader) -> list[str]:
    """Return what "et pour l'agriculture ?", "et le cirque ?" turns to, by a word of its name."""
    loose = [
        word
        for word in content(_OPENS.sub("", plain).split())
        if word not in {"cote", "niveau", "theme", "domaine"} and not reader.is_asking(word)
    ]
    if not _OPENS.search(plain) or len(loose) != 1:
        return []
    found = reader.theme_of(loose[0]) or reader.called_by(loose[0])
    return [found] if found else []


def _is_elliptical(plain: str, reader: Reader, *, besides: Sequence[str] = ()) -> bool:
    """Say whether a question names something new and asks nothing of it: "et pour Coopaname ?".

    `besides` are the words of a name that the catalogue does not have.
    """
    spoken = plain.split()
    named = reader.named_places(plain) | {place for place, word in enumerate(spoken) if word in besides}
    loose = " ".join(word for place, word in enumerate(spoken) if place not in named)
    pronoun = re.search(r"\b(?:celui|celle|ceux|celles|sien|sienne|siens|siennes|that of|those of)\b", loose)
    if not (_OPENS.search(plain) or pronoun or len(loose.split()) <= 1):
        return False
    rest = _OPENS.sub("", loose).strip()
    asks = {kind for kind in kinds(rest) if kind not in ("definition", "yes-no")}
    told = [word for word in content(rest.split()) if word not in _LEANS and word not in _TURNING]
    return not asks and not told


def _with_other_name(
    previous: Standalone, *, question: str, name: str, own: Sequence[str], reader: Reader
) -> Standalone:
    """Ask the previous question of another: its name takes the place of the old one."""
    spans = reader.mentions(" ".join(words(previous.text)))
    if not spans:
        unknown = stranger(previous.text, reader)
        if unknown:
            return Standalone(previous.text.replace(unknown, name), tuple(own))
        return Standalone(f"{previous.text.rstrip(' ?')} ({name}) ?", tuple(own))
    pieces = re.finditer(r"[^\W_]+", previous.text)
    places = [(piece.start(), piece.end()) for piece in pieces]
    if len(places) != len(words(previous.text)):
        return Standalone(f"{name} : {question}", tuple(own))
    start, end = places[spans[0][0]][0], places[spans[-1][1] - 1][1]
    if "(" in previous.text[start:end] and previous.text[end : end + 1] == ")":
        end += 1  # "Distributions Services Industriels (DSI)"
    return Standalone(followed_by(previous.text[:start], name) + previous.text[end:], tuple(own))


def _focus(
    history: Sequence[Turn], *, asked: Sequence[int], several: bool, earlier: Earlier, reader: Reader
) -> list[str]:
    """Return what the conversation is about: named by the last question, else by the answer, or quoted in it.

    "Lequel", "leurs" after a question about a theme point to the initiatives that the answer named.
    """
    gathered: list[str] = []
    for place in reversed(asked):
        previous, answer = earlier(place), _answer(history, place)
        if is_refusal(answer) and not previous.entities:
            return gathered  # what the refusal lists as near is not what was asked after
        said = " ".join(words(previous.text))
        listed = asks_for(said, INITIATIVES)
        if not previous.entities and not listed and subject_of(previous.text, reader):
            return gathered  # asked of a name that the catalogue lacks, whatever else the answer names
        answered = [one for one in reader.entities(answer) if reader.is_initiative(one)] if answer else []
        initiatives = [one for one in previous.entities if reader.is_initiative(one)]
        chosen = [one for one in answered if one in initiatives]
        if len(initiatives) > 1 and len(chosen) == 1:
            initiatives = chosen  # "lequel est à Grenoble ?" was answered with one of them
        if not several and answered and _RANKS.search(said):
            return answered[:1]  # "laquelle est la plus ancienne ?": the first that was told
        if len(answered) == 1 and not initiatives and listed:
            return answered  # the only one that was listed under a theme
        if several and len(initiatives) == 1:
            # "Coopaname ?", "et DSI ?", "laquelle est la plus ancienne ?"
            gathered = list(dict.fromkeys([*initiatives, *gathered]))
            if len(gathered) > 1:
                return gathered
            continue
        if gathered:
            return gathered
        houses = reader.catalogue.think_tank_ids
        if not previous.entities and reader.is_addressing(previous.text):
            return [*houses]  # "Qui êtes-vous ?"
        if initiatives or (set(previous.entities) - houses and not several):
            return initiatives or list(previous.entities)
        if answered:
            return answered
        if reader.entities(previous.text) and not kinds(reader.mend(previous.text)).keys() - {"definition"}:
            return list(previous.entities)  # "Parlez-moi du Labo"
        # What the answer quotes tells more than the think tank, which is spoken of everywhere.
        quoted = [one for one in reader.quoted(answer) if one not in houses]
        if quoted or previous.entities:
            return quoted[:1] or list(previous.entities)
    return gathered
