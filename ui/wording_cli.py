"""All that the command line says of its own, in French and English; errors are worded in `ui/wording.py`."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.documents import Language

PHRASES: Mapping[str, Mapping[Language, str]] = {
    # Help.
    "usage": {"fr": "Usage : ", "en": "Usage: "},
    "options": {"fr": "Options", "en": "Options"},
    "commands": {"fr": "Commandes", "en": "Commands"},
    "metavar.command": {"fr": "COMMANDE [ARGUMENTS]...", "en": "COMMAND [ARGS]..."},
    "help.help": {"fr": "Afficher cette aide.", "en": "Show this help."},
    "help.passerelle": {
        "fr": "Passerelle répond aux questions sur les documents d’un think tank : chaque phrase nomme "
        "l’initiative, le thème et le passage sur lesquels elle repose.",
        "en": "Passerelle answers questions over a think tank's documents: every sentence names the "
        "initiative, the theme and the passage that it rests on.",
    },
    "help.lang": {"fr": "Langue des messages.", "en": "Language of the messages."},
    "help.json": {"fr": "Écrire du JSON sur la sortie standard.", "en": "Write JSON to standard output."},
    "help.serve": {
        "fr": "Ouvrir le chat dans le navigateur. Sans index, les documents fournis sont d’abord ingérés.",
        "en": "Open the chat in the browser. Without an index, the shipped documents are ingested first.",
    },
    "help.host": {"fr": "Adresse à écouter.", "en": "Address to listen on."},
    "help.port": {"fr": "Port à écouter.", "en": "Port to listen on."},
    "help.ask": {
        "fr": "Répondre à une QUESTION, sources à l’appui.",
        "en": "Answer a QUESTION, each sentence with its sources.",
    },
    "help.search": {
        "fr": "Montrer les passages les plus proches d’une QUESTION.",
        "en": "Show the passages closest to a QUESTION.",
    },
    "help.k": {"fr": "Nombre de passages (10 sinon).", "en": "How many passages (10 by default)."},
    "help.ingest": {
        "fr": "Ajouter des fichiers ou des dossiers à l’index. La nouvelle version est mise en service. "
        "Sans chemin : les documents fournis.",
        "en": "Add files or folders to the index. The new version is made current at once. "
        "Without a path: the shipped documents.",
    },
    "help.no-publish": {
        "fr": "Préparer la version sans la mettre en service.",
        "en": "Stage the version without making it current.",
    },
    "help.rebuild": {
        "fr": "Relire et recalculer tout ce que contient l’index, à partir des originaux conservés. Répare "
        "aussi une base endommagée.",
        "en": "Read and embed all that the index holds anew, from the originals kept. Mends a damaged "
        "store too.",
    },
    "help.force": {
        "fr": "Mettre en service même si des réponses se dégradent ; la décision est consignée.",
        "en": "Make the version current even if answers get worse; the decision is recorded.",
    },
    "help.watch": {
        "fr": "Surveiller un dossier : chaque changement qui s’y pose est ingéré et publié.",
        "en": "Watch a folder: each change that comes to rest in it is ingested and published.",
    },
    "help.mirror": {
        "fr": "Retirer aussi de l’index les documents supprimés du dossier.",
        "en": "Take documents that are deleted from the folder out of the index too.",
    },
    "help.review": {
        "fr": "Dire de quoi des documents parlent peut-être, à accepter ou à rejeter.",
        "en": "Say what documents may be about, to be accepted or rejected.",
    },
    "help.accept": {"fr": "Accepter l’étiquette de ce numéro.", "en": "Accept the tag of this number."},
    "help.reject": {"fr": "Rejeter l’étiquette de ce numéro.", "en": "Reject the tag of this number."},
    "help.gaps": {
        "fr": "Lister les questions sans réponse que des visiteurs ont signalées.",
        "en": "List the unanswered questions that visitors reported.",
    },
    "help.clear": {"fr": "Les oublier ensuite.", "en": "Forget them afterwards."},
    "gaps.none": {"fr": "Aucune question signalée.", "en": "No question was reported."},
    "gaps.line": {
        "fr": "{times} × {question} ({date}, version {version})",
        "en": "{times} × {question} ({date}, version {version})",
    },
    "help.documents": {
        "fr": "Lister les documents de l’index, ou les passages de celui que l’on nomme et leurs étiquettes.",
        "en": "List the documents of the index, or the passages of the one named and their tags.",
    },
    "help.forget": {
        "fr": "Retirer de l’index le document ID ; l’original est conservé.",
        "en": "Take the document ID out of the index; its original is kept.",
    },
    "help.versions": {
        "fr": "Lister les versions de l’index qui sont gardées.",
        "en": "List the versions of the index that are kept.",
    },
    "help.publish": {
        "fr": "Mettre en service la version VERSION ; un chat ouvert la suit sans redémarrer.",
        "en": "Make the version VERSION live; an open chat follows without a restart.",
    },
    "help.rollback": {
        "fr": "Remettre en service la version d’avant, ou celle nommée.",
        "en": "Make the version before live again, or the one named.",
    },
    "help.catalogue": {
        "fr": "Lister les thèmes et les initiatives.",
        "en": "List the themes and initiatives.",
    },
    "help.eval": {
        "fr": "Poser les jeux de questions à l’index et noter les réponses. Code 1 si un seuil est manqué.",
        "en": "Ask the index the golden sets and score the answers. Exit code 1 when a gate is missed.",
    },
    "help.set": {
        "fr": "Jeu de questions en JSON Lines ; répétable (sinon, les jeux fournis).",
        "en": "A golden set in JSON Lines; repeatable (the shipped ones by default).",
    },
    "help.answers": {
        "fr": "Écrire chaque réponse avec l’identifiant de son cas.",
        "en": "Write each answer with the id of its case.",
    },
    "help.report": {
        "fr": "Écrire un rapport HTML, d’un seul fichier.",
        "en": "Write a report as one HTML file.",
    },
    "help.baseline": {
        "fr": "Comparer à l’évaluation RUN, ou à la dernière (« last »).",
        "en": "Compare with the run RUN, or with the last one (`last`).",
    },
    "help.judge": {
        "fr": "Modèle de chat qui juge les citations, « fournisseur:modèle ».",
        "en": "Chat model that judges the citations, `provider:model`.",
    },
    "help.chat-model": {
        "fr": "Comparer les réponses citées à celles que rédige ce modèle, « fournisseur:modèle » ou "
        "« fournisseur:modèle@http://adresse/v1 » ; se répète.",
        "en": "Compare quoted answers with those that this model words, `provider:model` or "
        "`provider:model@http://address/v1`; may be repeated.",
    },
    "help.score": {
        "fr": "Noter les réponses de ce fichier, écrites par --answers, sans rien demander.",
        "en": "Score the answers of this file, as --answers writes them, and ask nothing.",
    },
    "help.runs": {"fr": "Lister les évaluations conservées.", "en": "List the runs that are kept."},
    "help.propose": {
        "fr": "Rédiger des cas à partir du document ID, pour qu’une personne les relise.",
        "en": "Draft cases from the document ID, for a person to read.",
    },
    "help.out": {
        "fr": "Fichier à écrire (sinon, ID.proposed.jsonl).",
        "en": "File to write (ID.proposed.jsonl by default).",
    },
    "help.doctor": {
        "fr": "Dire ce qui ne va pas et comment y remédier. Dit aussi ce qui est installé, quel modèle et "
        "quel index servent.",
        "en": "Say what is wrong and how to mend it. Says too what is installed, and which model and "
        "index are used.",
    },
    # Wrong usage.
    "wrong": {
        "fr": "passerelle : {what} ; voir « {command} --help »",
        "en": "passerelle: {what}; see `{command} --help`",
    },
    "wrong.command": {"fr": "il n’y a pas de commande « {name} »", "en": "there is no command {name!r}"},
    "wrong.option": {"fr": "il n’y a pas d’option « {name} »", "en": "there is no option {name!r}"},
    "wrong.close": {"fr": " (peut-être {names})", "en": " (perhaps {names})"},
    "wrong.missing": {"fr": "il manque {name}", "en": "{name} is missing"},
    "wrong.value": {
        "fr": "{name} : valeur inutilisable, attendu {wanted}",
        "en": "{name}: unusable value, wanted {wanted}",
    },
    "wrong.argument": {
        "fr": "option « {name} » : valeur manquante ou en trop",
        "en": "option {name!r}: a value is missing or too much",
    },
    "wrong.nothing": {"fr": "il manque une commande", "en": "a command is missing"},
    "wrong.extra": {"fr": "trop d’arguments", "en": "too many arguments"},
    "wrong.question": {
        "fr": "trop d’arguments ; mettez la question entre guillemets",
        "en": "too many arguments; put the question in quotes",
    },
    "wrong.rebuild": {
        "fr": "--rebuild reprend tout l’index et n’accepte pas de chemin",
        "en": "--rebuild takes the whole index and accepts no path",
    },
    # The edge.
    "error": {"fr": "passerelle : {what}", "en": "passerelle: {what}"},
    "error.output": {
        "fr": "impossible d’écrire la sortie ({reason})",
        "en": "the output cannot be written ({reason})",
    },
    "error.system": {
        "fr": "le système a refusé une opération ({reason}) ; « passerelle doctor » aide à trouver pourquoi",
        "en": "the system refused an operation ({reason}); `passerelle doctor` helps to find out why",
    },
    # Progress.
    "stage.read": {"fr": "Lecture des fichiers", "en": "Reading the files"},
    "stage.prepare": {"fr": "Préparation du modèle, une seule fois", "en": "Preparing the model, once"},
    "stage.embed": {"fr": "Calcul des vecteurs", "en": "Embedding the passages"},
    "stage.stage": {"fr": "Reprise de la version précédente", "en": "Taking over the version before"},
    "gate.holds": {
        "fr": "réponses contrôlées : {asked} questions, {broken} perdue(s), {mended} gagnée(s)",
        "en": "answers checked: {asked} questions, {broken} broken, {mended} mended",
    },
    "gate.held": {
        "fr": "les réponses se dégradent : sur {asked} questions, {broken} perdues et {mended} gagnées",
        "en": "the answers get worse: of {asked} questions, {broken} broken and {mended} mended",
    },
    "gate.forced": {
        "fr": "mise en service malgré cela (--force)",
        "en": "made current all the same (--force)",
    },
    "gate.remedy": {
        "fr": "la version {version} n’est pas mise en service ; corrigez les documents, ou décidez : "
        "passerelle publish {version}",
        "en": "version {version} is not made current; mend the documents, or decide: "
        "passerelle publish {version}",
    },
    "stage.check": {"fr": "Contrôle des réponses", "en": "Checking the answers"},
    "stage.ask": {"fr": "Questions posées", "en": "Asking the questions"},
    "stage.score": {"fr": "Notation", "en": "Scoring"},
    "stage.publish": {"fr": "Publication", "en": "Publishing"},
    # serve.
    "serve.first": {
        "fr": "Pas encore d’index dans {home} : ingestion des documents de {material}…",
        "en": "No index in {home} yet: ingesting the documents of {material}…",
    },
    "serve.open": {
        "fr": "Passerelle est ouverte : {address} (Ctrl-C pour arrêter)",
        "en": "Passerelle is open: {address} (Ctrl-C stops it)",
    },
    "watch.open": {
        "fr": "Surveillance de {folder} (Ctrl-C pour arrêter)",
        "en": "Watching {folder} (Ctrl-C stops it)",
    },
    "serve.starting": {"fr": "Ouverture…", "en": "Opening…"},
    # Results.
    "sources": {"fr": "Sources", "en": "Sources"},
    "further": {"fr": "Pour continuer", "en": "To go on"},
    "page": {"fr": "p. {page}", "en": "p. {page}"},
    "none": {"fr": "aucun passage", "en": "no passage"},
    "added": {"fr": "+{count} document{s}", "en": "+{count} document{s}"},
    "changed": {"fr": "{count} modifié{s}", "en": "{count} changed"},
    "unchanged": {"fr": "{count} inchangé{s}", "en": "{count} unchanged"},
    "removed": {"fr": "{count} retiré{s}", "en": "{count} removed"},
    "initiatives.added": {"fr": "{count} initiative{s} ajoutée{s}", "en": "{count} initiative{s} added"},
    "themes.added": {"fr": "{count} thème{s} ajouté{s}", "en": "{count} theme{s} added"},
    "duplicates": {"fr": "{count} doublon{s} écarté{s}", "en": "{count} duplicate{s} skipped"},
    "notes": {"fr": "À savoir :", "en": "To know:"},
    "refused": {"fr": "{count} refusé{s} :", "en": "{count} refused:"},
    "review.none": {"fr": "rien n’attend de relecture", "en": "nothing waits for review"},
    "review.waits": {
        "fr": "{count} étiquette{s} à relire : « passerelle review »",
        "en": "{count} tag{s} to review: `passerelle review`",
    },
    "review.line": {
        "fr": "{id:>4}  {document} : {kind} {target} ? ({confidence} %, {why})",
        "en": "{id:>4}  {document}: {kind} {target}? ({confidence} %, {why})",
    },
    "review.theme": {"fr": "thème", "en": "theme"},
    "review.initiative": {"fr": "initiative", "en": "initiative"},
    "review.new initiative": {"fr": "nouvelle initiative", "en": "new initiative"},
    "review.how": {
        "fr": "« passerelle review --accept N » ou « --reject N » ; une nouvelle initiative veut une fiche",
        "en": "`passerelle review --accept N` or `--reject N`; a new initiative needs a fiche",
    },
    "version.published": {
        "fr": "version {version} publiée : {count} passage{s}",
        "en": "version {version} published: {count} passage{s}",
    },
    "version.staged": {
        "fr": "version {version} préparée mais non publiée : {count} passage{s}",
        "en": "version {version} staged but not published: {count} passage{s}",
    },
    "version.same": {
        "fr": "version {version} inchangée : {count} passage{s}",
        "en": "version {version} as before: {count} passage{s}",
    },
    "version.none": {"fr": "aucun index", "en": "no index"},
    "version.line": {
        "fr": "{live} {version}  {date}  {documents}, {passages}",
        "en": "{live} {version}  {date}  {documents}, {passages}",
    },
    "version.live": {"fr": "→", "en": "→"},
    "version.live.said": {"fr": "→ version en service", "en": "→ the live version"},
    "version.live.none": {
        "fr": "aucune version en service ; « passerelle publish VERSION » en met une en service",
        "en": "no live version; `passerelle publish VERSION` makes one live",
    },
    "documents.head": {
        "fr": "Version {version} : {documents}, {passages}",
        "en": "Version {version}: {documents}, {passages}",
    },
    "documents.documents": {"fr": "{count} document{s}", "en": "{count} document{s}"},
    "documents.passages": {"fr": "{count} passage{s}", "en": "{count} passage{s}"},
    "themes": {"fr": "Thèmes", "en": "Themes"},
    "themes.none": {
        "fr": "Aucun thème : aucune fiche n’en décrit.",
        "en": "No themes: no fiche describes any.",
    },
    "initiatives": {"fr": "Initiatives", "en": "Initiatives"},
    "initiatives.none": {
        "fr": "Aucune initiative : aucune fiche n’en décrit.",
        "en": "No initiatives: no fiche describes any.",
    },
}


def say(key: str, language: Language, **fields: object) -> str:
    """Return one phrase. `count` also fills `{s}`, the ending of a plural. Raises KeyError."""
    if "count" in fields:
        # French counts zero as a singular, English as a plural.
        single = fields["count"] == 1 or (language == "fr" and fields["count"] == 0)
        fields["s"] = "" if single else "s"
    return PHRASES[key][language].format(**fields)
