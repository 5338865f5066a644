"""The French twin of every sentence in `corpus/errors.py`, under the name of its class."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "PasserelleError": "un problème est survenu",
    "SettingsWrong": (
        "le réglage {field} a une valeur inutilisable, {value!r} ({reason}) ; corrigez-le dans {where}"
    ),
    "SettingsUnreadable": (
        "le fichier de réglages {file} est illisible ({reason}) ; corrigez-le ou mettez-le de côté"
    ),
    "HomeUnusable": (
        "le dossier {home} ne peut pas servir ({reason}) ; rendez-le accessible en écriture, "
        "ou nommez-en un autre dans PASSERELLE_HOME"
    ),
    "HomeBusy": (
        "un autre processus ({owner}) travaille déjà sur {home} ; attendez qu’il finisse, arrêtez-le, "
        "ou nommez un autre dossier dans PASSERELLE_HOME"
    ),
    "CatalogueWrong": "{file} : {field} : {reason}",
    "DocumentNeeded": (
        "le document {id!r} ne peut pas être retiré tant que {file} y renvoie ; retirez ou corrigez d’abord "
        "celui-là"
    ),
    "GoldenWrong": "{file}, ligne {line} : {field} : {reason}",
    "CaseUnknown": (
        "le jeu de l’équipe n’a pas de cas « {id} » : il a été retiré ou renommé ; rechargez la liste"
    ),
    "ProposalUnknown": (
        "aucun cas proposé « {id} » n’attend : il a déjà été accepté ou rejeté ; rechargez la liste"
    ),
    "NothingToEvaluate": (
        "aucun des {count} cas de {files} ne porte sur un document de l’index : ingérez leurs documents, ou "
        "nommez un autre jeu avec --set"
    ),
    "RunUnknown": (
        "« {name} » ne désigne aucune évaluation terminée, ou en désigne plusieurs ; les dernières : {known}"
    ),
    "RunWrong": (
        "{file}, ligne {line} : illisible ({reason}) ; supprimez le dossier de cette évaluation, ou "
        "restaurez-le"
    ),
    "AnswersWrong": (
        "{file}, ligne {line} : pas de réponse à un cas de ces jeux ({reason}) ; faites écrire le fichier "
        "par `passerelle eval --answers`"
    ),
    "GatesWrong": (
        "{file} : un seuil est illisible ({reason}) ; donnez à chacun une mesure connue et une part de 0 à 1"
    ),
    "ChatModelUnusable": "le modèle de langage « {model} » ne peut pas être ouvert : {reason}",
    "ChatPackageMissing": (
        "le modèle de langage « {model} » demande un paquet qui n’est pas installé ; installez-le par "
        "`{install}`"
    ),
    "ChatKeyMissing": (
        "le modèle de langage « {model} » demande une clé ; donnez-la dans l’environnement, par {variable} "
        "(ou PASSERELLE_CHAT_KEY)"
    ),
    "DocumentRefused": "{file} : refusé ({reason})",
    "FileMissing": "{file} : ce fichier ou ce dossier n’existe pas ; vérifiez le chemin",
    "FileUnreadable": "{file} : lecture impossible ({reason}) ; vérifiez les droits d’accès",
    "FileEmpty": "{file} : ne contient aucun texte ; vérifiez que c’est bien le bon fichier",
    "FileNotText": (
        "{file} : ce n’est pas du texte UTF-8 (octet {offset}) ; enregistrez-le en UTF-8 "
        "et ingérez-le de nouveau"
    ),
    "FormatUnknown": (
        "{file} : le format {suffix!r} n’est pas encore lu ; convertissez le fichier "
        "dans l’un de ceux-ci : {known}"
    ),
    "FileTooLarge": "{file} : {size} octets, pour une limite de {limit} ; divisez-le",
    "FileTooLong": "{file} : {count} pages ou lignes, pour une limite de {limit} ; divisez-le",
    "FileInflated": (
        "{file} : se déploierait en {size} octets, pour une limite de {limit} ; enregistrez-le de nouveau "
        "sans ce qui le remplit"
    ),
    "FileDamaged": (
        "{file} : fichier abîmé, ou qui n’est pas ce que dit son nom ({reason}) ; ouvrez-le, enregistrez-le "
        "de nouveau et ingérez le résultat"
    ),
    "FileEncrypted": (
        "{file} : protégé par un mot de passe ; enregistrez-le sans mot de passe et ingérez-le de nouveau"
    ),
    "OriginalAltered": (
        "{file} : l’original gardé dans le dossier de travail a été modifié ; ingérez de nouveau le fichier"
    ),
    "FileTooSlow": (
        "{file} : lecture non terminée en {seconds} s ; divisez-le, ou enregistrez-le sous une forme plus "
        "simple"
    ),
    "FileTooHungry": (
        "{file} : lire ce fichier demande plus de {megabytes} Mo ; divisez-le, ou enregistrez-le sous une "
        "forme plus simple"
    ),
    "FileOutside": (
        "{file} : lien qui sort du dossier, vers {target} ; ingérez cet emplacement sous son propre nom"
    ),
    "FileNameUnusable": (
        "{file} : le nom contient un caractère qui ne se voit pas ({character}) ; renommez le fichier"
    ),
    "OcrMissing": (
        "{file} : c’est un document numérisé, et il manque de quoi le lire ({reason}) ; installez-le avec "
        "« sudo apt install tesseract-ocr tesseract-ocr-fra » (macOS : « brew install tesseract "
        "tesseract-lang ») et ingérez-le de nouveau"
    ),
    "DocumentNote": "{file} : {reason}",
    "HiddenText": (
        "{file} : {count} caractères qu’aucun lecteur ne voit ont été laissés de côté ({reason}, {where}) : "
        "« {sample} » ; demandez à l’auteur du fichier pourquoi ils s’y trouvent"
    ),
    "EditionKept": (
        "{file} : l’index contient une édition plus récente, modifiée sur le site ; elle reste. Pour revenir "
        "à celle-ci, choisissez-la là-bas dans l’historique, ou ingérez le fichier lui-même, non son dossier"
    ),
    "EditionReplaced": (
        "{file} : remplace une édition modifiée sur le site ; si celle-là était la bonne, elle est dans "
        "l’historique"
    ),
    "FicheJoined": (
        "{file} : {name!r} est ce que décrit la fiche {other!r} : les deux forment une seule entrée du "
        "catalogue ; donnez-lui un autre nom s’il s’agit d’autre chose"
    ),
    "PagesUnread": (
        "{file} : les pages {pages} sont des images, et il manque de quoi les lire ({reason}) ; installez-le "
        "avec « sudo apt install tesseract-ocr tesseract-ocr-fra » et ingérez de nouveau le fichier avec "
        "--rebuild"
    ),
    "NothingSent": "aucun fichier n’est arrivé ; choisissez-en au moins un et envoyez-le",
    "NothingToIngest": (
        "rien à ingérer dans {where} ; nommez des fichiers, ou un dossier qui en contient parmi {known}"
    ),
    "FicheUnknown": (
        "rien dans le catalogue n’a l’identifiant {id!r} ; il a pu changer : cherchez dans l’explorateur"
    ),
    "DocumentUnknown": "aucun document n’a l’identifiant {id!r} ; « passerelle documents » les énumère",
    "DocumentGone": (
        "le document « {id} » ne fait pas, ou ne fait plus, partie de ceux dont les réponses sont tirées ; "
        "posez de nouveau votre question pour voir les sources d’aujourd’hui"
    ),
    "PageUnknown": "{file} : {count} pages, et aucune page {page} ; ouvrez l’une de celles-là",
    "PagesBusy": ("trop de pages sont en cours de préparation ; rouvrez celle-ci dans quelques secondes"),
    "DoubtUnknown": "rien à relire ne porte le numéro {id} ; « passerelle review » dit ce qui attend",
    "FicheNeeded": (
        "{name!r} n’a pas encore de fiche ; décrivez-la dans un fichier Markdown avec en-tête "
        "(kind: initiative) et ingérez-le : les passages qui la nomment seront alors étiquetés"
    ),
    "VersionUnknown": "il n’y a pas de version {number} ; celles qui sont gardées : {known}",
    "NoEarlierVersion": (
        "la version {number} n’est pas antérieure à celle en service, ou il n’y en a pas d’antérieure ; "
        "« passerelle versions » les énumère, « passerelle publish » les accepte toutes"
    ),
    "VersionLive": (
        "la version {number} est en service et ne peut pas être écartée ; publiez-en d’abord une autre"
    ),
    "VersionHeld": (
        "la version {number} perd les réponses à {count} questions et n’a pas été publiée ; cochez la case "
        "pour la publier malgré tout"
    ),
    "VersionMoved": (
        "une autre version est entrée en service entre-temps ({number}) ; voyez ce que celle-ci changerait, "
        "puis décidez"
    ),
    "IndexUnusable": "l’index ne peut pas servir : {reason}",
    "IndexMissing": "il n’y a pas encore d’index dans {home} ; créez-le avec « passerelle ingest »",
    "IndexStale": (
        "l’index a été construit avec le modèle {built_with!r}, mais les réglages demandent {wanted!r} ; "
        "reconstruisez-le avec « passerelle ingest --rebuild », ou revenez à l’ancien modèle"
    ),
    "StoreCorrupt": (
        "la base dans {where} est endommagée ({reason}) ; « passerelle doctor » dit comment la réparer"
    ),
    "LedgerUnreachable": (
        "le registre {where} ne répond pas ({reason}) ; vérifiez l’adresse dans PASSERELLE_LEDGER, et que la "
        "base tourne et admet cet utilisateur"
    ),
    "ModelUnusable": "le modèle de vecteurs {model!r} ne peut pas servir : {reason}",
    "ModelMissing": (
        "le modèle de vecteurs {model!r} est introuvable ({reason}) ; nommez un dossier ou un modèle du hub "
        "dans PASSERELLE_EMBEDDING_MODEL, ou installez le modèle fourni avec « make serve »"
    ),
    "ModelDamaged": "le fichier de modèle {file} est endommagé ({reason}) ; réinstallez les dépendances",
    "QuestionUnusable": "la question ne peut pas être traitée : {reason}",
    "QuestionEmpty": "la question est vide ; écrivez ce que vous aimeriez savoir",
    "QuestionTooLong": "la question compte {length} caractères, la limite est de {limit} ; raccourcissez-la",
    "ThemeUnknown": "aucun thème n’a l’identifiant {id!r} ; thèmes connus : {known}",
    "FeedbackUnusable": "l’avis ne peut pas être gardé : {reason}",
    "OpinionUnknown": (
        "cet avis n’est plus gardé : il a été retiré, supprimé ou était trop ancien ; rechargez la page"
    ),
    "SubjectUnknown": (
        "ce sujet n’est plus là : ses questions ont été supprimées ou regroupées autrement ; rechargez la "
        "page"
    ),
    "Flooded": "trop d’envois à l’équipe arrivent à la fois ; renvoyez le vôtre dans {seconds} s",
    "FeedbackFull": (
        "{count} avis sont gardés, et aucun autre n’est pris avant que l’équipe n’exécute `passerelle purge`"
    ),
    "NoteUnusable": "la note ne peut pas être faite",
    "NoteWrong": (
        "les échanges de la note ne sont pas tels qu’ils ont été donnés ({where}) ; rechargez la page et "
        "redemandez la note"
    ),
    "NoteEmpty": "il faut à une note au moins une question et sa réponse ; posez-en une d’abord",
    "NoteTooLong": ("la note compterait {count} questions, la limite est de {limit} ; faites-la plus courte"),
    "NoteTooLarge": (
        "la note compterait {count} caractères, la limite est de {limit} ; faites-la de moins de questions"
    ),
    "NoteForeign": (
        "une note ne se fait que pour ces pages, pas pour un autre site ; demandez-la sur la page de la "
        "conversation"
    ),
    "NoteFormatUnknown": "aucune note ne s’écrit au format {format!r} ; choisissez parmi {known}",
    "NoteFailed": (
        "la note n’a pas pu être écrite en {format} ({reason}) ; réessayez, ou prenez un autre format"
    ),
    "AssistantNotReady": (
        "l’assistant se prépare encore ; posez la question de nouveau dans quelques secondes"
    ),
    "NotAdmitted": "cette page est réservée à l’équipe ; connectez-vous d’abord",
    "PasswordMissing": (
        "l’équipe n’a pas encore de mot de passe ; choisissez-en un sur le serveur avec « passerelle admin "
        "password »"
    ),
    "PasswordWrong": "mot de passe incorrect ; essayez de nouveau",
    "SessionMissing": (
        "personne n’est connecté ici, ou depuis trop longtemps ; connectez-vous et envoyez de nouveau"
    ),
    "RequestForeign": (
        "cet envoi ne vient pas d’une page de l’équipe ; rouvrez la page et envoyez-le à partir d’elle"
    ),
    "FormStale": (
        "rien n’a été enregistré : la page d’où vient cet envoi a été ouverte avant la dernière connexion ; "
        "rouvrez-la et envoyez-le à partir d’elle"
    ),
    "LoginsWaiting": (
        "trop de connexions sont tentées à la fois ; attendez une minute et essayez de nouveau"
    ),
    "PasswordShort": "le mot de passe compte {count} caractères ; choisissez-en un d’au moins {limit}",
    "PlaceUnknown": (
        "aucune page n’a cette adresse ; elle a pu changer, ou être mal recopiée : repartez de l’accueil"
    ),
    "AddressUnknown": (
        "aucune page de l’équipe n’a cette adresse ; choisissez l’une des rubriques ci-dessus"
    ),
    "SendingBroken": (
        "l’envoi n’a pas pu être lu : il a été interrompu, ou comptait trop de fichiers à la fois ; "
        "recommencez, avec moins de fichiers"
    ),
    "JobRunning": "ce travail est déjà en cours ({label}) ; attendez qu’il se termine, ou arrêtez-le",
    "JobUnknown": "aucun travail n’est conservé sous l’identifiant {id!r} ; seuls les derniers le sont",
    "JobCancelled": "le travail a été arrêté",
    "JobBroken": (
        "le travail s’est terminé sans résultat ({reason}) ; relancez-le, et consultez le journal du serveur"
    ),
    "PortInUse": (
        "l’adresse {host}:{port} ne peut pas être ouverte ({reason}) ; "
        "choisissez-en une autre avec --host ou --port"
    ),
}
