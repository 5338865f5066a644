"""All that `passerelle eval` and its report say, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.documents import Language

PHRASES: Mapping[str, Mapping[Language, str]] = {
    # Kinds of cases, and totals.
    "fact": {"fr": "fait", "en": "fact"},
    "number": {"fr": "nombre", "en": "number"},
    "date": {"fr": "date", "en": "date"},
    "place": {"fr": "lieu", "en": "place"},
    "person": {"fr": "personne", "en": "person"},
    "link": {"fr": "lien", "en": "link"},
    "yes-no": {"fr": "oui-non", "en": "yes-no"},
    "definition": {"fr": "définition", "en": "definition"},
    "strength": {"fr": "force", "en": "strength"},
    "objective": {"fr": "objectif", "en": "objective"},
    "list": {"fr": "liste", "en": "list"},
    "count": {"fr": "décompte", "en": "count"},
    "comparison": {"fr": "comparaison", "en": "comparison"},
    "cross-initiative": {"fr": "plusieurs initiatives", "en": "several initiatives"},
    "follow-up": {"fr": "suite", "en": "follow-up"},
    "follow-up-3": {"fr": "suite en 3 tours", "en": "3-turn follow-up"},
    "typo": {"fr": "faute de frappe", "en": "typo"},
    "sms": {"fr": "langage SMS", "en": "texting"},
    "acronym": {"fr": "sigle", "en": "acronym"},
    "inclusive": {"fr": "écriture inclusive", "en": "inclusive writing"},
    "english": {"fr": "anglais", "en": "English"},
    "off-topic": {"fr": "hors sujet", "en": "off topic"},
    "absent": {"fr": "absent du corpus", "en": "absent"},
    "absent-attribute": {"fr": "attribut absent", "en": "absent attribute"},
    "false-premise": {"fr": "prémisse fausse", "en": "false premise"},
    "wrong-entity": {"fr": "mauvaise entité", "en": "wrong entity"},
    "attack": {"fr": "attaque", "en": "attack"},
    "answerable": {"fr": "avec réponse", "en": "answerable"},
    "unanswerable": {"fr": "sans réponse", "en": "unanswerable"},
    "all": {"fr": "ensemble", "en": "all"},
    # Measures.
    "right": {"fr": "juste", "en": "right"},
    "fact recall": {"fr": "faits retrouvés", "en": "fact recall"},
    "completeness": {"fr": "complétude", "en": "completeness"},
    "cited": {"fr": "bien citée", "en": "cited"},
    "theme": {"fr": "bon thème", "en": "right theme"},
    "citation recall": {"fr": "rappel des citations", "en": "citation recall"},
    "citation precision": {"fr": "précision des citations", "en": "citation precision"},
    "faithfulness": {"fr": "fidélité", "en": "faithfulness"},
    "refused rightly": {"fr": "refus justifiés", "en": "rightly refused"},
    "false refusal": {"fr": "refus à tort", "en": "false refusals"},
    "language": {"fr": "langue", "en": "language"},
    "abstention precision": {"fr": "précision", "en": "precision"},
    "abstention recall": {"fr": "rappel", "en": "recall"},
    "abstention f1": {"fr": "F1", "en": "F1"},
    # Stages.
    "understand": {"fr": "compréhension", "en": "understand"},
    "retrieve": {"fr": "recherche", "en": "retrieve"},
    "compose": {"fr": "rédaction", "en": "compose"},
    "write": {"fr": "mise en mots", "en": "write"},
    "first": {"fr": "première phrase", "en": "first sentence"},
    "verify": {"fr": "vérification", "en": "verify"},
    "total": {"fr": "total", "en": "total"},
    # The terminal.
    "table.kind": {"fr": "type", "en": "kind"},
    "table.count": {"fr": "cas", "en": "cases"},
    "table.right": {"fr": "juste", "en": "right"},
    "table.cited": {"fr": "citée", "en": "cited"},
    "table.faithful": {"fr": "fidèle", "en": "faithful"},
    "table.refused": {"fr": "refusée", "en": "refused"},
    "table.interval": {"fr": "intervalle", "en": "interval"},
    "table.latency": {
        "fr": "une réponse : {median} ms en médiane, 95 % sous {high} ms",
        "en": "an answer: median {median} ms, 95% under {high} ms",
    },
    "table.abstention": {
        "fr": "abstention : précision {precision} %, rappel {recall} %, F1 {f1} %, refus à tort {wrong} %",
        "en": "abstention: precision {precision}%, recall {recall}%, F1 {f1}%, false refusals {wrong}%",
    },
    "table.citations": {
        "fr": "citations : rappel {recall} %, précision {precision} % ; phrases appuyées {faithful} %",
        "en": "citations: recall {recall}%, precision {precision}%; sentences supported {faithful}%",
    },
    "table.ranking": {"fr": "recherche : {values}", "en": "retrieval: {values}"},
    "table.skipped": {
        "fr": "{name} : {count} cas non posé{s}, leurs documents ne sont pas dans l’index",
        "en": "{name}: {count} case{s} not asked, their documents are not in the index",
    },
    "table.unscored": {
        "fr": "{count} cas sans note : le juge n’a pas rendu de verdict",
        "en": "{count} case{s} unscored: the judge gave no verdict",
    },
    "table.agreement": {
        "fr": "juge et règles s’accordent sur {share} % des phrases (κ {kappa})",
        "en": "judge and rules agree on {share}% of the sentences (κ {kappa})",
    },
    "table.missed": {
        "fr": "seuil manqué : {golden}, {measure} : {value} % ({sign} {wanted} %)",
        "en": "gate missed: {golden}, {measure}: {value}% ({sign} {wanted}%)",
    },
    "table.passed": {"fr": "tous les seuils sont tenus", "en": "every gate is passed"},
    "table.run": {
        "fr": "évaluation {id} conservée ; comparez-lui la suivante : passerelle eval --baseline {id}",
        "en": "run {id} kept; compare the next one with it: passerelle eval --baseline {id}",
    },
    "table.report": {"fr": "rapport : {file}", "en": "report: {file}"},
    "table.baseline": {
        "fr": "depuis {id}, sur {count} cas : {broken} en moins, {mended} en plus",
        "en": "since {id}, over {count} cases: {broken} broken, {mended} mended",
    },
    "table.change": {
        "fr": "  {measure} : {mean} points [{low} ; {high}]{sure}",
        "en": "  {measure}: {mean} points [{low}, {high}]{sure}",
    },
    "table.worse": {"fr": " — baisse réelle", "en": " — a real fall"},
    "table.better": {"fr": " — hausse réelle", "en": " — a real rise"},
    "table.noise": {"fr": "  le reste ne dépasse pas le bruit", "en": "  the rest is within the noise"},
    "table.differs": {
        "fr": "attention : {field} diffère de la référence ({there} → {here})",
        "en": "warning: {field} differs from the baseline ({there} → {here})",
    },
    "runs.none": {"fr": "aucune évaluation conservée", "en": "no run is kept"},
    "runs.line": {
        "fr": "{id} · version {version} · {cases} cas · {sets} · {state}",
        "en": "{id} · version {version} · {cases} cases · {sets} · {state}",
    },
    "runs.ended": {"fr": "terminée", "en": "ended"},
    "runs.open": {"fr": "interrompue", "en": "interrupted"},
    "proposed": {
        "fr": "{count} cas proposé{s} dans {file} ; relisez-les, puis ajoutez ceux que vous gardez à un jeu",
        "en": "{count} case{s} proposed in {file}; read them, then add those you keep to a golden set",
    },
    "proposed.none": {
        "fr": "{document} : aucun fait à demander n’y a été trouvé",
        "en": "{document}: no fact to ask for was found in it",
    },
    # The report.
    "report.title": {"fr": "Évaluation des réponses", "en": "Evaluation of the answers"},
    "report.run": {"fr": "Évaluation", "en": "Run"},
    "report.version": {"fr": "Version de l’index", "en": "Index version"},
    "report.model": {"fr": "Modèle et mode", "en": "Model and mode"},
    "report.judge": {"fr": "juge", "en": "judge"},
    "report.commit": {"fr": "Code", "en": "Commit"},
    "report.settings": {"fr": "Réglages", "en": "Settings"},
    "report.cases": {"fr": "Cas", "en": "Cases"},
    "report.skipped": {"fr": "non posés", "en": "not asked"},
    "report.unscored": {"fr": "sans note", "en": "unscored"},
    "report.agreement": {"fr": "Accord du juge et des règles", "en": "Agreement of judge and rules"},
    "report.missed": {"fr": "Seuil manqué", "en": "Gate missed"},
    "report.modes": {"fr": "Façons de rédiger", "en": "Ways of wording"},
    "report.mode": {"fr": "En pour cent, avec l’intervalle à 95 %", "en": "Per cent, with the 95% interval"},
    "report.f1": {"fr": "F1 de l’abstention", "en": "abstention F1"},
    "report.worded": {"fr": "rédigées par le modèle (%)", "en": "worded by the model (%)"},
    "report.dropped": {"fr": "phrases retirées (%)", "en": "sentences removed (%)"},
    "report.first": {"fr": "première phrase (ms)", "en": "first sentence (ms)"},
    "report.median": {"fr": "médiane (ms)", "en": "median (ms)"},
    "report.high": {"fr": "95 % sous (ms)", "en": "95% under (ms)"},
    "report.tokens": {"fr": "jetons", "en": "tokens"},
    "report.cost": {"fr": "coût", "en": "cost"},
    "report.failures": {"fr": "sans le modèle", "en": "without the model"},
    "failure.unreachable": {"fr": "injoignable", "en": "unreachable"},
    "failure.refused": {"fr": "demande refusée", "en": "request refused"},
    "failure.busy": {"fr": "trop sollicité", "en": "too busy"},
    "failure.broken": {"fr": "en panne", "en": "out of order"},
    "failure.slow": {"fr": "trop lent", "en": "too slow"},
    "failure.cut": {"fr": "interrompu", "en": "cut off"},
    "failure.empty": {"fr": "muet", "en": "silent"},
    "failure.language": {"fr": "autre langue", "en": "another language"},
    "failure.endless": {"fr": "sans fin", "en": "endless"},
    "failure.waiting": {"fr": "en pause après des pannes", "en": "paused after failures"},
    "failure.budget": {"fr": "budget atteint", "en": "budget spent"},
    "failure.window": {"fr": "fenêtre trop petite", "en": "window too small"},
    "failure.beside": {"fr": "à côté", "en": "beside the question"},
    "failure.unsupported": {"fr": "rien de sourcé", "en": "nothing sourced"},
    "table.mode": {
        "fr": "{mode} : juste {right} %, fidèle {faithful} %, citations {recall}/{precision} %, "
        "refus justifiés {refused} %, refus à tort {wrong} %, phrases retirées {dropped}, "
        "médiane {median} ms (1re phrase {first}), coût {cost}",
        "en": "{mode}: right {right}%, faithful {faithful}%, citations {recall}/{precision}%, "
        "rightly refused {refused}%, false refusals {wrong}%, sentences removed {dropped}, "
        "median {median} ms (1st sentence {first}), cost {cost}",
    },
    "table.modes": {
        "fr": "façons de rédiger, sur les mêmes cas :",
        "en": "ways of wording, on the same cases:",
    },
    "table.failures": {"fr": "  sans le modèle : {told}", "en": "  without the model: {told}"},
    "wrong.given": {
        "fr": "--score et --chat-model ne vont pas ensemble : des réponses données ne sont plus à rédiger",
        "en": "--score and --chat-model do not go together: answers that are given need no wording",
    },
    "report.scores": {"fr": "Notes par type de question", "en": "Scores by kind of question"},
    "report.intervals": {
        "fr": "En pour cent, avec l’intervalle à 95 % : un type de moins de 30 cas ne dit pas grand-chose.",
        "en": "Per cent, with the 95% interval: a kind with fewer than 30 cases tells little.",
    },
    "report.kind": {"fr": "Type", "en": "Kind"},
    "report.count": {"fr": "Cas", "en": "Cases"},
    "report.abstention": {"fr": "Abstention", "en": "Abstention"},
    "report.ranking": {"fr": "Recherche", "en": "Retrieval"},
    "report.changes": {"fr": "Ce qui a changé", "en": "What changed"},
    "report.baseline": {"fr": "Référence :", "en": "Baseline:"},
    "report.shared": {"fr": "cas communs", "en": "shared cases"},
    "report.differs": {"fr": "Diffère de la référence :", "en": "Differs from the baseline:"},
    "report.broken": {"fr": "Cas perdus", "en": "Broken cases"},
    "report.mended": {"fr": "Cas gagnés", "en": "Mended cases"},
    "report.latency": {"fr": "Temps de réponse", "en": "Latency"},
    "report.failed": {"fr": "Cas en échec", "en": "Failed cases"},
    "report.standalone": {"fr": "Compris ainsi :", "en": "Understood as:"},
    "report.wanted": {"fr": "Attendu :", "en": "Wanted:"},
    "report.refusal": {"fr": "un refus", "en": "a refusal"},
    "report.unsupported": {
        "fr": "Sans appui dans ce qui est cité :",
        "en": "Not supported by what is cited:",
    },
    "report.citations": {"fr": "Citations", "en": "Citations"},
    "report.retrieved": {"fr": "Passages trouvés", "en": "Passages retrieved"},
    "plot.scores": {
        "fr": "Réponses justes, ou refus justifiés (%)",
        "en": "Right answers, or right refusals (%)",
    },
    "plot.changes": {"fr": "Écart avec la référence (points)", "en": "Difference from the baseline (points)"},
    "plot.latency": {"fr": "Millisecondes", "en": "Milliseconds"},
}


def say(key: str, language: Language, **fields: object) -> str:
    """Return one phrase. `count` also fills `{s}`, the ending of a plural. Raises KeyError."""
    if "count" in fields:
        single = fields["count"] == 1 or (language == "fr" and fields["count"] == 0)
        fields["s"] = "" if single else "s"
    return PHRASES[key][language].format(**fields)


def all_words(language: Language) -> dict[str, str]:
    """Return every phrase in one language, for a page that says many."""
    return {key: phrase[language] for key, phrase in PHRASES.items()}
