"""Cues: the words that tell what kind of answer a question asks for, in French and English.

All patterns are matched against folded words joined by single spaces, so "Qu'est-ce que" is "qu est ce que".
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "count", "date", "place", "person", "names", "link", "strength", "theme", "form", "definition", "yes-no"
]

_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "date",
        r"quand|(?:en |de |depuis )?quelles? (?:ann+ee?s?|dates?)|depuis (?:quand|combien de temps)|"
        r"annees? de (?:sa |la |leur )?(?:creation|naissance|fondation|lancement)|date de (?:sa |la |leur )?\w+|"
        r"quel age|quels? (?:jours?|mois)|(?:what|which) (?:day|month)|quelle est l annee|when|(?:what|which) (?:year|date)s?|how old|since when|how long|"
        r"(?:creation|founding|foundation) (?:date|year)|year of (?:creation|foundation)|l annee|annee|^years?",
    ),
    (
        "link",
        r"(?<!votre )(?<!ce )sites?(?: (?:web|internet|officiels?))?|en ligne|online|(?:en savoir|lire) (?:plus|davantage)|(?:read|find out|learn) more|url|urls|adresses? (?:web|internet|du site)|pages? web|websites?|"
        r"web sites?|homepages?|web pages?|web addresse?s?|(?:le|un|leurs?|son|les|quel) liens?(?! (?:soci|entre|avec))|"
        r"(?:the|a|their|its) links?(?! (?:soci|betw|with))|^liens?|^links?",
    ),
    ("count", r"combien|nombre|effectifs?|how many|how much|number of|headcount"),
    (
        "place",
        r"(?:d )?ou (?:est|sont|se|s|a|ont|peut|trouve|trouver|situer|c|ca|en|et)|^(?:et )?(?:d )?ou|"
        r"(?:est|sont|situee?s?|basee?s?|installee?s?|trouve|c est) ou$|"
        r"(?:quel|quelle|quels|quelles) (?:est (?:le|la|son|l) )?(?:ville|commune|region|departement|territoire|lieu|"
        r"endroit|quartier|pays|adresse|agglomeration|localisation|implantation)s?|"
        r"(?:where|in (?:what|which) (?:city|town|region|department|area|place|territory)|"
        r"(?:what|which) (?:city|town|region|department|area|place|territory|location))|"
        r"son (?:territoire|lieu|implantation|adresse)|localisation|located|based",
    ),
    (
        "theme",
        r"(?:quel|quelle|quels|quelles|a quel|de quel|which|what) (?:est |is )?(?:le |la |les |son |sa |the |its )?"
        r"(?:theme|thematique|axe de travail|topic)s?|"
        r"(?:son|sa|its) (?:theme|thematique|topic)|(?:theme|thematique|topic) (?:de|d|of)",
    ),
    (
        "strength",
        r"forces?(?! de (?:travail|vente))|atouts?|points? forts?|strengths?|strong points?|forte|plus value|"
        r"particularites?|singularites?|specificites?|distingue\w*|strong|(?:do|does|done) well|good at|reussi\w* (?:bien|le mieux)|"
        r"points? positifs?|excell\w+|reussites?|succes",
    ),
    (
        "form",
        r"(?:quels?|quelles?) (?:est |sont )?(?:son |sa |le |la )?(?:types?|genres?|formes?|statuts?|natures?|sortes?)(?: juridiques?)?"
        r"(?: (?:de|d) (?:structure|organisation|organisme|entreprise|initiative|societe|acteur))?|"
        r"(?:what|which) (?:kind|type|sort) of (?:company|organi[sz]ation|structure|business|entity|body|initiative)|legal (?:form|status)",
    ),
    ("names", r"noms? (?:de|des|d|du)|names? of|comment s appelle\w*|membres?|members?"),
    ("person", r"^(?:et )?(?:par |de |a |c est )?(?:qui|ki|who|whose|by whom)|(?:quel|quelle) (?:auteur|personne)|par qui|who"),
    (
        "definition",
        r"qu est ce qu\w*|c est quoi|qu est(?: ce)?|(?:la )?definition|defini\w*|que signifie\w*|que veut dire|"
        r"signification|abreviation|acronyme?|sigle|abbreviation|developpe\w*|(?:en )?dis\w*(?: moi)? plus|parle\w*(?: moi)?|presente\w*(?: moi)?|decri\w*|explique\w*|en quoi consiste\w*|"
        r"que (?:fait|font|sont|sais\w*)|qui (?:est|sont)|quoi|a quoi sert|resume\w*|"
        r"what (?:is|are|does|do|s)|define|tell me|describe|explain|meaning|mean|stands? for|present|about",
    ),
    (
        "yes-no",
        r"^(?:est ce que|y a t il|is|are|does|do|did|has|have|can|was|were|peut on|est il|est elle|sont ils|sont elles)|"
        r"\w+ t (?:il|elle|ils|elles|on)|(?:est|sont|ont|font) (?:il|elle|ils|elles)",
    ),
)
_KIND_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:(?<=^)|(?<= ))(?:{pattern})(?= |$)")) for kind, pattern in _KINDS
)

COMPARE = re.compile(
    r"\b(?:compar\w+|differen\w+|differ|memes?|same|distingu\w+|versus|vs|communs?|communes?|common|ressembl\w+|similar\w*|"
    r"respecti\w+|oppos\w+|contrast\w*|separ\w+|paralleles?|parallel|cote a cote|side by side)\b"
)
RANK = re.compile(
    r"\b(?:plus (?P<old>ancien\w*|vieil\w*|vieux|age\w*)|plus (?P<new>recen\w*|jeune\w*|nouve\w*)|(?P<old2>oldest|older)|"
    r"(?P<new2>newest|newer|youngest|younger|most recent(?:ly)?)|(?P<first>en premier|avant l autre|first))\b"
)
LIST = re.compile(
    r"\b(?:quels?|quelles?|lesquel\w*|list\w*|cite\w*|enumere\w*|donne\w*|montre\w*|which|what|name|all|tous|toutes|"
    r"give|show|every|combien|nombre|how many|number)\b"
)
INITIATIVES = (
    r"(?:initiatives?|projets?|exemples? d initiatives?|exemples?|structures?|organisations?|acteurs?|experiences?|projects?|examples?|organizations?)"
)
THEMES = (
    r"(?:themes?|thematiques?|axes? (?:de travail|structurants?|thematiques?)|sujets?|grands axes|topics?|focus areas?|"
    r"lines? of work|areas? of work)"
)


def kinds(question: str) -> dict[Kind, str]:
    """Return the kinds of answer that a folded question asks for, each with the words that say so."""
    found: dict[Kind, str] = {}
    for kind, pattern in _KIND_PATTERNS:
        matched = " ".join(match.group(0) for match in pattern.finditer(question))
        if matched:
            found[kind] = matched
    if "link" in found:
        found.pop("place", None)  # "où le lire en ligne ?" asks for a link
    return found


WHICH_OF = re.compile(r"(?<!\bdans )(?<!\bpour )(?<!\bsur )(?<!\bpar )(?<!\bavec )\b(?:lequel|laquelle|lesquels|lesquelles|which (?:one|of)|qui (?:des|parmi|d entre|de ces))\b")


def asks_for(question: str, class_nouns: str) -> re.Match[str] | None:
    """Match a request for members of a class: "quelles (sont les) initiatives", "combien de thèmes", "list all projects".

    The group `rest` is what follows the class noun.
    """
    pattern = (
        rf"(?P<ask>{LIST.pattern}|\bautres?\b|\by a t il\b|\bavez vous\b|\bdo you have\b|^(?:et )?(?:des|d|les|un|une|quelques|any|some))"
        rf"(?P<between>(?: (?:est|sont|les|des|de|d|la|le|l|vos|ses|leurs|the|all|of|some|are|your|tous|toutes|me|moi|autres?|other|"
        rf"un|une|principa\w*|grand\w*|different\w*|complet\w*|exhausti\w*|seul\w*|main|every|each|toute|liste|y a t il|sur|parmi)){{0,6}})"
        rf" (?P<noun>{class_nouns})\b(?P<rest>.*)"
    )
    return re.search(pattern, question)


_HEAD = re.compile(
    r"(?:\b(?:quels?|quelles?)(?: (?:est|sont|etait|etaient|fut|serait))?|\b(?:what|which)(?: (?:is|are|was|were))?|\b(?:qui|who) (?:est|sont|is|are|etait|was)|"
    r"\bcombien (?:de|d)|\bnombre (?:de|d)|\bhow many|\bnumber of)"
    r"(?: (?:le|la|les|l|son|sa|ses|leur|leurs|the|its|their|un|une|a|an|des|de|d|\d+|deux|trois|quatre|cinq|six|sept|huit|two|three|four|five|seven|eight|main|principa\w+|grand\w*|different\w*))*"
    r" (?P<head>[a-z]+)"
)


def head_noun(question: str) -> str | None:
    """Return the noun that a folded question asks for: "quel est le budget de …" asks for a budget."""
    found = _HEAD.search(question)
    return found.group("head") if found else None
