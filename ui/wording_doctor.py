"""All that `passerelle doctor` says, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.documents import Language

PHRASES: Mapping[str, Mapping[Language, str]] = {
    "python": {"fr": "Python {version} ({platform})", "en": "Python {version} ({platform})"},
    "packages": {"fr": "paquets : {names}", "en": "packages: {names}"},
    "packages.wrong": {
        "fr": "paquets manquants ou d’une autre version que celle prévue : {names}",
        "en": "packages missing or of another version than the one pinned: {names}",
    },
    "packages.mend": {
        "fr": "sh setup.sh (ou « make serve ») installe les versions prévues",
        "en": "sh setup.sh (or `make serve`) installs the pinned versions",
    },
    "settings": {"fr": "réglages : {where}", "en": "settings: {where}"},
    "settings.default": {"fr": "valeurs par défaut", "en": "defaults"},
    "settings.unknown": {
        "fr": "{name} n’est pas un réglage et reste sans effet",
        "en": "{name} is no setting and has no effect",
    },
    "settings.unknown.mend": {
        "fr": "retirez-le, ou prenez l’un de {known}",
        "en": "unset it, or use one of {known}",
    },
    "home": {
        "fr": "dossier {home}, accessible en écriture, {free} Go libres",
        "en": "folder {home}, writable, {free} GB free",
    },
    "home.full": {
        "fr": "dossier {home} : {free} Go libres seulement",
        "en": "folder {home}: only {free} GB free",
    },
    "home.full.mend": {
        "fr": "libérez 1 Go, ou nommez un autre dossier dans PASSERELLE_HOME",
        "en": "free 1 GB, or name another folder in PASSERELLE_HOME",
    },
    "model.bundled": {
        "fr": "modèle {name}, fourni avec l’installation (somme SHA-256 vérifiée) ; forme pour l’ingestion "
        "en nombre : {bulk}",
        "en": "model {name}, bundled with the installation (SHA-256 verified); form for bulk ingest: {bulk}",
    },
    "model.bulk": {"fr": "préparée", "en": "prepared"},
    "model.nobulk": {"fr": "préparée au premier besoin", "en": "prepared when first needed"},
    "model.hub": {
        "fr": "modèle {name}, du hub Hugging Face (téléchargé au premier usage, puis gardé)",
        "en": "model {name}, from the Hugging Face hub (downloaded on first use, then kept)",
    },
    "model.unserved": {
        "fr": "modèle {name}, du hub Hugging Face : le modèle fourni n’existe pas pour cette plateforme",
        "en": "model {name}, from the Hugging Face hub: the bundled one does not serve this platform",
    },
    "chat": {
        "fr": "modèle de langage {model} : répond « {said} » en {seconds} s ({tokens} jetons)",
        "en": "chat model {model}: answers “{said}” in {seconds} s ({tokens} tokens)",
    },
    "chat.failed": {
        "fr": "modèle de langage {model} : {why}, après {seconds} s ; les réponses sont citées des documents",
        "en": "chat model {model}: {why}, after {seconds} s; answers are quoted from the documents",
    },
    "chat.spent": {
        "fr": "modèle de langage {model}, aujourd’hui : {calls} appels, {tokens} jetons, coût {cost}",
        "en": "chat model {model}, today: {calls} calls, {tokens} tokens, cost {cost}",
    },
    "chat.why.unreachable": {"fr": "injoignable", "en": "cannot be reached"},
    "chat.why.refused": {"fr": "refuse la demande", "en": "refuses the request"},
    "chat.why.busy": {"fr": "trop sollicité", "en": "too busy"},
    "chat.why.broken": {"fr": "en panne", "en": "out of order"},
    "chat.why.slow": {"fr": "ne répond pas à temps", "en": "does not answer in time"},
    "chat.why.cut": {"fr": "s’interrompt", "en": "is cut off"},
    "chat.why.empty": {"fr": "ne dit rien", "en": "says nothing"},
    "chat.mend.unreachable": {
        "fr": "vérifiez l’adresse dans PASSERELLE_CHAT_BASE_URL, et que le serveur tourne",
        "en": "check the address in PASSERELLE_CHAT_BASE_URL, and that the server runs",
    },
    "chat.mend.refused": {
        "fr": "401, 403 : vérifiez la clé ; 404 : le nom du modèle ; 400, 422 : PASSERELLE_CHAT_OPTIONS",
        "en": "401, 403: check the key; 404: the model’s name; 400, 422: PASSERELLE_CHAT_OPTIONS",
    },
    "chat.mend.busy": {
        "fr": "attendez, ou demandez au fournisseur une limite plus haute",
        "en": "wait, or ask the provider for a higher limit",
    },
    "chat.mend.broken": {
        "fr": "réessayez plus tard ; si cela dure, voyez le journal du serveur",
        "en": "try again later; if it lasts, look at the server’s log",
    },
    "chat.mend.slow": {
        "fr": "donnez-lui plus de temps dans PASSERELLE_CHAT_SECONDS, ou prenez un modèle plus petit",
        "en": "give it more time in PASSERELLE_CHAT_SECONDS, or take a smaller model",
    },
    "chat.mend.cut": {
        "fr": "réessayez plus tard ; si cela dure, voyez le journal du serveur",
        "en": "try again later; if it lasts, look at the server’s log",
    },
    "chat.mend.empty": {
        "fr": "vérifiez que c’est bien un modèle de dialogue",
        "en": "check that it is a chat model",
    },
    "model.folder": {"fr": "modèle du dossier {name}", "en": "model of the folder {name}"},
    "model.untried": {
        "fr": "{text} ; pas encore là, donc pas essayé",
        "en": "{text}; not there yet, so not tried",
    },
    "model.died": {
        "fr": "le moteur du modèle s’arrête en marche (code {code}) ; réinstallez avec sh setup.sh, "
        "ou nommez un autre modèle dans PASSERELLE_EMBEDDING_MODEL",
        "en": "the engine of the model dies (code {code}); install again with sh setup.sh, "
        "or name another model in PASSERELLE_EMBEDDING_MODEL",
    },
    "ledger.mend": {
        "fr": "écartez {file} (mv), puis « passerelle ingest » ; vos propres documents sont dans "
        "{originals}, à ingérer de nouveau",
        "en": "move {file} away (mv), then `passerelle ingest`; your own documents are in {originals}, "
        "ingest them again",
    },
    "index": {
        "fr": "index version {version} : documents {documents}, passages {passages}, modèle {model}",
        "en": "index version {version}: documents {documents}, passages {passages}, model {model}",
    },
    "index.lost.mend": {
        "fr": "« passerelle ingest » ; les documents d’avant sont dans {originals}, à ingérer de nouveau",
        "en": "`passerelle ingest`; documents ingested before are in {originals}, ingest them again",
    },
    "store": {
        "fr": "base de vecteurs saine : passages lus {passages}",
        "en": "store sound: passages read {passages}",
    },
    "store.mend": {
        "fr": "« passerelle ingest --rebuild » la refait à partir des originaux et garde l’ancienne de côté",
        "en": "`passerelle ingest --rebuild` makes it anew from the originals and keeps the old one aside",
    },
    "stale.mend": {
        "fr": "« passerelle ingest --rebuild », ou remettez le modèle {model} dans "
        "PASSERELLE_EMBEDDING_MODEL",
        "en": "`passerelle ingest --rebuild`, or set PASSERELLE_EMBEDDING_MODEL back to the model {model}",
    },
    "originals": {"fr": "originaux : {count} sur {count}", "en": "originals: {count} of {count}"},
    "originals.wrong": {
        "fr": "originaux manquants ou altérés, sans lesquels --rebuild perdrait : {names}",
        "en": "originals missing or altered, which --rebuild would lose: {names}",
    },
    "originals.mend": {
        "fr": "ingérez de nouveau ces fichiers",
        "en": "ingest these files again",
    },
    "busy.serve": {"fr": "le chat est ouvert ({owner})", "en": "the chat is open ({owner})"},
    "busy.ingest": {"fr": "une ingestion est en cours ({owner})", "en": "an ingest is at work ({owner})"},
    "sound": {"fr": "Tout va bien.", "en": "All is well."},
    "wrong": {"fr": "Problèmes à régler : {count}", "en": "Problems to mend: {count}"},
}


def say(key: str, language: Language, **fields: object) -> str:
    """Return one phrase. Raises KeyError for an unknown key or a missing field."""
    return PHRASES[key][language].format(**fields)
