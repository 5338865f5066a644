"""All that the page, its cards and the HTTP API say, and every error, in French and English.

The command line has its own wording in `ui/wording_cli.py`. What the answers say is worded in `assistant`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.documents import Language
from corpus.errors import PasserelleError
from ui.errors_fr import SENTENCES
from ui.reasons_fr import in_french

# The places of French no-break spaces; they are put in by `unbroken`, since nobody sees them in a source.
_BEFORE = re.compile(r" (?=[;:?!»])")
_AFTER = re.compile(r"(?<=«) ")

# Fields of errors that hold words; the others hold what the user wrote, or numbers.
_REASONED = {"reason", "owner", "field"}

LANGUAGES: Mapping[Language, str] = {"fr": "Français", "en": "English"}

PHRASES: Mapping[str, Mapping[Language, str]] = {
    # The frame of the page.
    "title": {"fr": "Passerelle", "en": "Passerelle"},
    "description": {
        "fr": "Posez une question : chaque phrase de la réponse cite sa source.",
        "en": "Ask a question: every sentence of the answer cites its source.",
    },
    "promise": {"fr": "chaque phrase cite sa source", "en": "every sentence cites its source"},
    "language": {"fr": "Langue", "en": "Language"},
    "skip": {"fr": "Aller à la question", "en": "Skip to the question"},
    "skip.answer": {"fr": "Aller à la dernière réponse", "en": "Go to the latest answer"},
    "footer": {
        "fr": "Index version {version} · {documents} documents · réponses tirées de ces seuls documents",
        "en": "Index version {version} · {documents} documents · answers come from these documents alone",
    },
    "footer.starting": {"fr": "Ouverture de l’index…", "en": "Opening the index…"},
    "footer.failed": {"fr": "Index indisponible", "en": "Index unavailable"},
    # Asking.
    "welcome": {"fr": "Que voulez\u2011vous savoir ?", "en": "What would you like to know?"},
    "welcome.more": {
        "fr": "Posez votre question comme elle vient, en français ou en anglais. La réponse reprend "
        "les documents, et chaque numéro ouvre le passage sur lequel elle repose.",
        "en": "Ask in your own words, in French or in English. The answer quotes the documents (most are in "
        "French), and each number opens the passage that it rests on.",
    },
    "ask.label": {"fr": "Votre question", "en": "Your question"},
    "ask.placeholder": {"fr": "Votre question…", "en": "Your question…"},
    "ask.button": {"fr": "Demander", "en": "Ask"},
    "status.starting": {
        "fr": "L’assistant se prépare ; il sera là dans quelques secondes.",
        "en": "The assistant is getting ready; it will be there in a few seconds.",
    },
    "status.early": {
        "fr": "L’assistant se prépare encore. Votre question est gardée : renvoyez-la dans un instant.",
        "en": "The assistant is still getting ready. Your question is kept: send it again in a moment.",
    },
    "status.ready": {
        "fr": "L’assistant est prêt : vous pouvez envoyer votre question.",
        "en": "The assistant is ready: you can send your question.",
    },
    # An exchange.
    "understood": {"fr": "Compris ainsi :", "en": "Understood as:"},
    "answering": {"fr": "Recherche dans les documents…", "en": "Searching the documents…"},
    "abstained": {"fr": "Sans réponse dans les documents", "en": "Not answered by the documents"},
    "gap.note": {
        "fr": "Signaler cette question sans réponse",
        "en": "Report this unanswered question",
    },
    "gap.noted": {
        "fr": "C’est noté pour l’équipe éditoriale : la question, et rien de vous.",
        "en": "Noted for the editorial team: the question, and nothing about you.",
    },
    # How it was made, where a chat model had to do with it.
    "made.by": {
        "fr": "Rédigé par {model}, vérifié phrase à phrase",
        "en": "Worded by {model}, checked sentence by sentence",
    },
    "made.dropped.one": {"fr": "1 phrase non sourcée retirée", "en": "1 unsourced sentence removed"},
    "made.dropped.many": {
        "fr": "{count} phrases non sourcées retirées",
        "en": "{count} unsourced sentences removed",
    },
    "made.quoted": {
        "fr": "Réponse citée des documents : {why}",
        "en": "Answer quoted from the documents: {why}",
    },
    "made.partly": {"fr": "Complété par des citations : {why}", "en": "Completed with quotes: {why}"},
    "made.why.unreachable": {
        "fr": "le modèle de langage est injoignable",
        "en": "the chat model cannot be reached",
    },
    "made.why.refused": {
        "fr": "le modèle de langage a refusé la demande",
        "en": "the chat model refused the request",
    },
    "made.why.busy": {"fr": "le modèle de langage est trop sollicité", "en": "the chat model is too busy"},
    "made.why.broken": {"fr": "le modèle de langage est en panne", "en": "the chat model is out of order"},
    "made.why.slow": {
        "fr": "le modèle de langage n’a pas répondu à temps",
        "en": "the chat model did not answer in time",
    },
    "made.why.cut": {
        "fr": "le modèle de langage s’est interrompu",
        "en": "the chat model was cut off",
    },
    "made.why.empty": {"fr": "le modèle de langage n’a rien dit", "en": "the chat model said nothing"},
    "made.why.language": {
        "fr": "le modèle de langage a répondu dans une autre langue",
        "en": "the chat model answered in another language",
    },
    "made.why.endless": {
        "fr": "le modèle de langage ne s’arrêtait pas",
        "en": "the chat model did not stop",
    },
    "made.why.waiting": {
        "fr": "le modèle de langage est en panne depuis peu",
        "en": "the chat model has just been out of order",
    },
    "made.why.budget": {
        "fr": "le budget du jour est atteint",
        "en": "the budget of the day is spent",
    },
    "made.why.window": {
        "fr": "les passages dépassent ce que le modèle peut lire",
        "en": "the passages are more than the model can read",
    },
    "made.why.beside": {
        "fr": "le modèle de langage répondait à côté",
        "en": "the chat model answered beside the question",
    },
    "made.why.unsupported": {
        "fr": "aucune phrase du modèle n’était sourcée",
        "en": "no sentence of the model was sourced",
    },
    "table": {"fr": "Tableau de comparaison, à faire défiler", "en": "Comparison table, scrollable"},
    "marker": {"fr": "Source {marker} : {name}", "en": "Source {marker}: {name}"},
    # The cards.
    "sources": {"fr": "Sources", "en": "Sources"},
    "sources.of": {"fr": "Sources de la réponse {number}", "en": "Sources of answer {number}"},
    "sources.one": {"fr": "Voir la source", "en": "Show the source"},
    "sources.many": {"fr": "Voir les {count} sources", "en": "Show the {count} sources"},
    "sources.close": {"fr": "Fermer les sources", "en": "Close the sources"},
    "card.theme": {"fr": "Thème", "en": "Theme"},
    "card.initiative": {"fr": "Initiative", "en": "Initiative"},
    "card.territory": {"fr": "Territoire", "en": "Territory"},
    "card.link": {"fr": "Site", "en": "Website"},
    "card.document": {"fr": "Document", "en": "Document"},
    "card.page": {"fr": "p. {page}", "en": "p. {page}"},
    "card.passage": {"fr": "Passage cité", "en": "Passage quoted"},
    "card.back": {"fr": "Retour à la phrase", "en": "Back to the sentence"},
    "card.window": {"fr": "nouvelle fenêtre", "en": "new window"},
    # The HTTP API; `field` is the name in the JSON object.
    "api.json": {"fr": "le corps n’est pas du JSON valable", "en": "the body is not valid JSON"},
    "api.object": {
        "fr": "le corps doit être un objet JSON, envoyé en application/json",
        "en": "the body must be a JSON object, sent as application/json",
    },
    "api.missing": {"fr": "le champ « {field} » manque", "en": "the field {field!r} is missing"},
    "api.type": {
        "fr": "le champ « {field} » n’a pas le type ou la valeur attendus",
        "en": "the field {field!r} has not the type or value expected",
    },
    "api.range": {
        "fr": "le champ « {field} » sort des limites ({limits})",
        "en": "the field {field!r} is out of bounds ({limits})",
    },
    "api.large": {
        "fr": "la requête dépasse {limit} octets ; raccourcissez-la",
        "en": "the request is over {limit} bytes; shorten it",
    },
}


def say(key: str, language: Language, **fields: object) -> str:
    """Return one phrase. Raises KeyError for an unknown key or a missing field."""
    phrase = PHRASES[key][language]
    return (unbroken(phrase) if language == "fr" else phrase).format(**fields)


def explain(error: PasserelleError, language: Language) -> str:
    """Return the sentence of an error: what is wrong, where, and the remedy."""
    if language == "en":
        return str(error)
    said = {name: in_french(value) if name in _REASONED else value for name, value in error.fields.items()}
    return unbroken(SENTENCES[type(error).__name__]).format(**said)


def told(error: Exception, language: Language) -> str:
    """Return why the system refused something, and at which file."""
    reason = getattr(error, "strerror", None) or str(error)
    file = getattr(error, "filename", None)
    said = str(in_french(reason)) if language == "fr" else reason
    return f"{file}: {said}" if file else said


def as_sentence(text: str) -> str:
    """Return a text with a capital and a full stop, as a page shows it."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def unbroken(text: str) -> str:
    """Return a text whose French punctuation cannot be parted from its word at the end of a line."""
    return _BEFORE.sub("\u00a0", _AFTER.sub("\u00a0", text))
