"""Framing: the assistant's own words around what it quotes, in French and English. They state no fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.documents import Language

_WORDS: dict[str, dict[Language, str]] = {
    "initiatives": {"fr": "{count} initiatives", "en": "{count} initiatives"},
    "initiative": {"fr": "{count} initiative", "en": "{count} initiative"},
    "themes": {"fr": "{count} thèmes", "en": "{count} themes"},
    "theme": {"fr": "{count} thème", "en": "{count} theme"},
    "catalogue": {"fr": "Le catalogue compte {what}{filter} :", "en": "The catalogue has {what}{filter}:"},
    "catalogue.some": {
        "fr": "Le catalogue compte {what}{filter}, dont :",
        "en": "The catalogue has {what}{filter}, among them:",
    },
    "catalogue.none": {
        "fr": "Le catalogue ne compte aucune initiative{filter}.",
        "en": "The catalogue has no initiative{filter}.",
    },
    "blank.field": {
        "fr": "Initiatives pour lesquelles rien n'est documenté : {blank}.",
        "en": "Initiatives of which nothing is documented: {blank}.",
    },
    "blank.year": {
        "fr": "Sans date de création documentée : {blank}.",
        "en": "Without a documented founding date: {blank}.",
    },
    "blank.territory": {
        "fr": "Sans territoire documenté : {blank}.",
        "en": "Without a documented territory: {blank}.",
    },
    "under": {"fr": "{name}, {what} :", "en": "{name}, {what}:"},
    "under.none": {"fr": "{name}, aucune initiative.", "en": "{name}, no initiative."},
    "themes.none": {"fr": "Thèmes sans initiative au catalogue :", "en": "Themes without an initiative:"},
    "filter.several": {"fr": " relevant de plusieurs thèmes", "en": " under several themes"},
    "field": {"fr": "{name}, d'après le catalogue ({what}) :", "en": "{name}, from the catalogue ({what}):"},
    "compared": {"fr": "{names}, côte à côte :", "en": "{names}, side by side:"},
    "ranked_old": {
        "fr": "La date de création la plus ancienne d'abord :",
        "en": "The earliest founding date first:",
    },
    "ranked_new": {
        "fr": "La date de création la plus récente d'abord :",
        "en": "The latest founding date first:",
    },
    "ranked_many": {"fr": "Le nombre le plus élevé d'abord :", "en": "The highest number first:"},
    "ranked_few": {"fr": "Le nombre le plus faible d'abord :", "en": "The lowest number first:"},
    "coverage.figure": {
        "fr": "Initiatives examinées : {all}, dont {blank} sans ce nombre documenté.",
        "en": "Initiatives examined: {all}, {blank} of them without this number documented.",
    },
    "coverage": {
        "fr": "Initiatives examinées : {all}, dont {blank} sans date de création documentée.",
        "en": "Initiatives examined: {all}, {blank} of them without a documented founding date.",
    },
    "blank": {"fr": "non documenté", "en": "not documented"},
    "quoted": {"fr": "{quote}", "en": "“{quote}”"},
    "labelled": {"fr": "{label} : {value}", "en": "{label}: {value}"},
    "greeting": {
        "fr": "Bonjour ! Posez-moi une question : je réponds avec les mots des documents, sources à l'appui.",
        "en": "Hello! Ask me a question: I answer in the words of the documents, and cite where they stand.",
    },
    "thanks": {
        "fr": "Avec plaisir ! Posez-moi une autre question quand vous voulez.",
        "en": "You are welcome! Ask me another question whenever you like.",
    },
    "farewell": {"fr": "Au revoir, et à bientôt !", "en": "Goodbye, and see you soon!"},
    "wishes": {
        "fr": "Merci, et de même ! Posez-moi une question quand vous voulez.",
        "en": "Thank you, and the same to you! Ask me a question whenever you like.",
    },
    "noted": {
        "fr": "Très bien. Posez-moi une autre question quand vous voulez.",
        "en": "Very well. Ask me another question whenever you like.",
    },
    "complaint": {
        "fr": "Je ne fais que citer les documents, et je peux choisir un mauvais passage : ouvrez la source "
        "pour vérifier, ou posez la question autrement, avec le nom d'une initiative ou d'un thème.",
        "en": "I only quote the documents, and may choose the wrong passage: open the source to check, or "
        "ask in other words, with the name of an initiative or a theme.",
    },
    "assistant": {
        "fr": "Je suis un assistant automatique{of} : je réponds avec les mots de {count} documents, et "
        "chaque phrase cite sa source. Quand ils ne répondent pas, je le dis. Écrivez-moi en français ou "
        "en anglais.",
        "en": "I am an automatic assistant{of}: I answer in the words of {count} documents, and every "
        "sentence cites its source. When they have no answer, I say so. Write to me in French or English.",
    },
    "assistant.of": {"fr": " ({name})", "en": " ({name})"},
    "assistant.themes": {"fr": "Sujets : {names}.", "en": "Subjects: {names}."},
    "part": {
        "fr": "À « {question} », les documents disponibles ne répondent pas.",
        "en": "To “{question}”, the available documents have no answer.",
    },
    "abstained": {
        "fr": "Les documents disponibles ne répondent pas à cette question.",
        "en": "The available documents do not answer this question.",
    },
    "unknown_words": {
        "fr": "Les documents disponibles ne répondent pas à cette question : ils ne parlent pas de {words}.",
        "en": "The available documents do not answer this question: they do not speak of {words}.",
    },
    "undocumented": {
        "fr": "Les documents ne répondent pas à cette question. Non documenté pour {name} : {attribute}.",
        "en": "The available documents do not answer this question. Not documented for {name}: {attribute}.",
    },
    "conflict": {"fr": "Les documents ne s'accordent pas :", "en": "The documents do not agree:"},
    "beside": {"fr": "Ce que les documents en disent :", "en": "What the documents do say of it:"},
    "exemplified": {
        "fr": "Exemples d'initiatives du thème « {name} »",
        "en": "Examples of initiatives of the theme “{name}”",
    },
    "others": {
        "fr": "Quelles initiatives sont hors du thème « {name} » ?",
        "en": "Which initiatives are outside the theme “{name}”?",
    },
    "all": {"fr": "Toutes les initiatives", "en": "All initiatives"},
    "all_under": {
        "fr": "Toutes les initiatives du thème « {name} »",
        "en": "All initiatives of the theme “{name}”",
    },
    "counted_all": {"fr": "Combien d'initiatives en tout ?", "en": "How many initiatives in total?"},
    "bare": {
        "fr": "Je ne vois pas de quoi il est question : nommez une initiative, un thème ou un lieu.",
        "en": "I cannot tell what this is about: name an initiative, a theme or a place.",
    },
    "nowhere": {
        "fr": "Dites-moi de quel lieu il s'agit : je ne sais pas où vous êtes.",
        "en": "Tell me which place you mean: I do not know where you are.",
    },
    "nearest": {"fr": "Sujets les plus proches : {names}.", "en": "Closest subjects: {names}."},
    "attribute.date": {"fr": "la date demandée", "en": "the date asked for"},
    "attribute.founding": {"fr": "la date de création", "en": "the founding date"},
    "attribute.place": {"fr": "le lieu", "en": "the place"},
    "attribute.link": {"fr": "un site internet", "en": "a website"},
    "attribute.count": {"fr": "le nombre demandé", "en": "the number asked for"},
    "attribute.strength": {"fr": "un point fort", "en": "a strength"},
    "attribute.theme": {"fr": "le thème", "en": "the theme"},
    "attribute.form": {"fr": "la forme", "en": "the form"},
    "attribute.person": {"fr": "le nom demandé", "en": "the name asked for"},
    "label.themes": {"fr": "Thème", "en": "Theme"},
    "label.form": {"fr": "Forme", "en": "Form"},
    "label.territory": {"fr": "Territoire", "en": "Territory"},
    "label.year": {"fr": "Année de création", "en": "Founding year"},
    "label.strength": {"fr": "Force", "en": "Strength"},
    "label.figures": {"fr": "Chiffres", "en": "Figures"},
    "label.site": {"fr": "Site", "en": "Website"},
    "label.presentation": {"fr": "Présentation", "en": "Presentation"},
    "label.objective": {"fr": "Objectif", "en": "Objective"},
    "filter.theme": {"fr": " au thème « {name} »", "en": " under the theme “{name}”"},
    "filter.outside": {"fr": " hors du thème « {name} »", "en": " outside the theme “{name}”"},
    "filter.lacking": {
        "fr": " dont la fiche n'indique rien pour « {name} »",
        "en": " whose fiche says nothing under “{name}”",
    },
    "filter.not_form": {"fr": " d'une autre forme que « {name} »", "en": " of another form than “{name}”"},
    "filter.not_words": {"fr": " sans rapport avec « {name} »", "en": " unrelated to “{name}”"},
    "filter.place": {"fr": " dans le territoire « {name} »", "en": " in the territory “{name}”"},
    "filter.form": {"fr": " de forme « {name} »", "en": " of the form “{name}”"},
    "filter.since": {"fr": " dont la création date de {year} ou après", "en": " founded in or after {year}"},
    "filter.until": {
        "fr": " dont la création date de {until} ou avant",
        "en": " founded in or before {until}",
    },
    "filter.before": {"fr": " dont la création date d'avant {year}", "en": " founded before {year}"},
    "filter.after": {"fr": " dont la création date d'après {year}", "en": " founded after {year}"},
    "filter.in": {"fr": " dont la création date de {year}", "en": " founded in {year}"},
    "filter.between": {
        "fr": " dont la création date de {year} à {until}",
        "en": " founded between {year} and {until}",
    },
    "filter.examined": {"fr": ", sur {all} examinées", "en": ", of {all} examined"},
    "filter.words": {"fr": " correspondant à « {name} »", "en": " matching “{name}”"},
    "open.strength": {"fr": "{name} : quelle est sa force ?", "en": "What is the strength of {name}?"},
    "open.themes": {"fr": "Quels sont les thèmes du {name} ?", "en": "What are the themes?"},
    "open.list": {
        "fr": "Quelles initiatives relèvent du thème « {name} » ?",
        "en": "Which initiatives come under {name}?",
    },
    "open.what": {"fr": "{name} : de quoi s'agit-il ?", "en": "What is {name}?"},
    "open.territory": {"fr": "{name} : où est-ce ?", "en": "Where is {name} located?"},
    "open.year": {"fr": "Quand {name} a-t-elle vu le jour ?", "en": "When was {name} founded?"},
    "open.compare": {"fr": "Compare {name} et {other}", "en": "Compare {name} and {other}"},
}


def frame(key: str, language: Language, **fields: object) -> str:
    """Return one phrase. Raises KeyError for an unknown key or a missing field."""
    return _WORDS[key][language].format(**fields)


def initiatives_counted(count: int, language: Language) -> str:
    """Return "2 initiatives", or "1 initiative"."""
    return frame("initiatives" if count > 1 else "initiative", language, count=count)


def listed(names: Iterable[str], language: Language) -> str:
    """Join names that may hold commas: "A ; B" in French, "A; B" in English."""
    return (" ; " if language == "fr" else "; ").join(names)


def is_refusal(text: str) -> bool:
    """Say whether a text that was shown begins as a refusal does."""
    keys = ("abstained", "unknown_words", "undocumented", "bare", "nowhere")
    begins = (said.partition(" :")[0].partition("{")[0] for key in keys for said in _WORDS[key].values())
    return text.startswith(tuple(one.rstrip(":. ") for one in begins))


def enumerate_names(names: Sequence[str], language: Language) -> str:
    """Join names as a sentence does: "A, B et C"."""
    last = " et " if language == "fr" else " and "
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
