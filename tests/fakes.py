"""What the tests put in place of the real thing: an embedder, and a think tank that does not exist.

The "Atelier des Marées" has one fiche of its own, three themes and five initiatives. Nothing in it is said by
the shipped material, so that a test which passes by luck of the shipped words is not one of these.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.embedder import Progress, silent
from corpus.home import Home
from corpus.index import CurrentIndex
from corpus.settings import Settings
from corpus.words import stems
from ingest.finding import find_files
from ingest.isolation import DirectReaders
from ingest.pipeline import Pipeline
from ingest.reading import Read, Reader

DIMENSION = 64
FICHES = {
    "atelier-des-marees.md": """\
---
id: atelier-des-marees
kind: think-tank
name: L'Atelier des Marées
name_en: The Tides Workshop
aliases: [Atelier des Marées]
sources: [{document: carnet-de-bord, slide: 1}]
---

# L'Atelier des Marées

## Qui sommes-nous

L'Atelier des Marées est un groupe de réflexion consacré au littoral breton. Il a été fondé en 1987 à Roscoff.

## Thèmes

Ses thèmes de travail sont « Énergies de la houle », « Filets et recyclage » et « Ports partagés (PP) ».
""",
    "themes/energies-de-la-houle.md": """\
---
id: energies-de-la-houle
kind: theme
name: Énergies de la houle
name_en: Wave energy
aliases: [énergie de la houle, houlomoteur]
figures:
  - {value: "42", counts: bouées instrumentées}
sources: [{document: carnet-de-bord, slide: 2}]
---

# Énergies de la houle

## Définition

Une énergie de la houle est produite par le mouvement des vagues, sans barrage ni carburant.

## Mesures

L'Atelier des Marées suit 42 bouées instrumentées au large des Glénan.
""",
    "themes/filets-et-recyclage.md": """\
---
id: filets-et-recyclage
kind: theme
name: Filets et recyclage
name_en: Nets and recycling
aliases: [recyclage des filets]
sources: [{document: carnet-de-bord, slide: 4}]
---

# Filets et recyclage

## Constat

Un chalut usé pèse deux tonnes et finit souvent enfoui. Son nylon peut pourtant être filé à nouveau.
""",
    "themes/ports-partages.md": """\
---
id: ports-partages
kind: theme
name: Ports partagés (PP)
name_en: Shared harbours (PP)
aliases: [port partagé, ports partagés]
acronyms: [PP]
sources: [{document: carnet-de-bord, slide: 6}]
---

# Ports partagés (PP)

## Définition

Un port partagé (PP) ouvre ses quais à la pêche, à la plaisance et aux habitants, sous une même gouvernance.
""",
    "initiatives/houlocoop.md": """\
---
id: houlocoop
kind: initiative
name: Houlocoop
aliases: [Houlo Coop]
themes: [energies-de-la-houle]
form: coopérative
site: https://houlocoop.example/
territory: baie d'Audierne
year: 2011
figures:
  - {value: plus de 350, counts: sociétaires}
strength: capacité à faire des pêcheurs les propriétaires de leur électricité
sources: [{document: carnet-de-bord, slide: 3}]
---

# Houlocoop

## Présentation

Houlocoop est une coopérative de la baie d'Audierne, créée en 2011. Elle réunit plus de 350 sociétaires.

## Force de l'initiative

La force de Houlocoop est sa capacité à faire des pêcheurs les propriétaires de leur électricité.

## Site internet

Site internet de Houlocoop : https://houlocoop.example/
""",
    "initiatives/varech-lab.md": """\
---
id: varech-lab
kind: initiative
name: Varech'Lab
aliases: [Varech Lab]
acronyms: [VL]
themes: [filets-et-recyclage]
form: association
site: https://varechlab.example/atelier
territory: île de Batz
year: 2016
strength: transformer les algues échouées en emballages avec les écoles
sources: [{document: carnet-de-bord, slide: 5}]
---

# Varech'Lab

## Présentation

Varech'Lab est une association de l'île de Batz, née en 2016.

## Force de l'initiative

La force de Varech'Lab est de transformer les algues échouées en emballages avec les écoles.

## Site internet

Site internet de Varech'Lab : https://varechlab.example/atelier
""",
    "initiatives/maille-a-maille.md": """\
---
id: maille-a-maille
kind: initiative
name: Maille à Maille
name_en: Maille à Maille (mesh by mesh)
themes: [filets-et-recyclage, ports-partages]
form: entreprise d'insertion
territory: Concarneau
figures:
  - {value: "18", counts: tonnes de filets filées en 2019}
strength: donner un métier à ceux qui n'en avaient plus
sources: [{document: carnet-de-bord, slide: 5}]
---

# Maille à Maille

## Présentation

Maille à Maille est une entreprise d'insertion de Concarneau, installée dans un port partagé.

## Activité

En 2019, Maille à Maille a filé 18 tonnes de filets. Trois couturières encadrent l'atelier.

## Force de l'initiative

La force de Maille à Maille est de donner un métier à ceux qui n'en avaient plus.
""",
    "initiatives/la-criee-ouverte.md": """\
---
id: la-criee-ouverte
kind: initiative
name: La Criée ouverte
name_en: La Criée ouverte (the open fish auction)
aliases: [Criée ouverte]
themes: [ports-partages]
form: régie municipale
site: https://criee-ouverte.example/
territory: Douarnenez
year: 2003
strength: vendre la pêche du jour aux cantines à un prix décidé ensemble
sources: [{document: carnet-de-bord, slide: 7}]
---

# La Criée ouverte

## Présentation

La Criée ouverte est une régie municipale de Douarnenez, ouverte en 2003.

## Force de l'initiative

La force de La Criée ouverte est de vendre la pêche du jour aux cantines à un prix décidé ensemble.

## Site internet

Site internet de La Criée ouverte : https://criee-ouverte.example/
""",
    "initiatives/phare-des-possibles.md": """\
---
id: phare-des-possibles
kind: initiative
name: Phare des Possibles
themes: [ports-partages]
sources: [{document: carnet-de-bord, slide: 8}]
---

# Phare des Possibles

## Présentation

Le Phare des Possibles accueille des résidences d'artistes face au raz de Sein.
""",
}
"""Path below the folder → text of a fiche. The last initiative documents hardly a field."""

OCR = """\
 PORTS PARTAGES &

Un think tank qui construit, par un travail
collaboratif, des axes structurants de
I’économie littorale, a partir d’initia-
tives concretes issues des ports.


Houlocoop  ; COOPERATIVE ~ “"gF
https://houlocoop.example/baie-
d-audierne/

* Projet citoyen crée par les pécheurs de I'ile
* Force de cette initiative : I'implication
des habitants, et 350 sociétaires
3)

* 4 axes : habiter / transmettre
\x0c i
Lo o
°

Un chalut usé pese deux tonnes ; son nylon est ﬁlé a nouveau.
"""
"""Slides as a scanner leaves them: capital I for l, words and links cut at line ends, specks."""


class FakeEmbedder:
    """Hashed bags of stems as (n, 64) float32, L2-normalised: texts with words in common lie close.

    `passages` and `questions` hold every text that was embedded, `calls` counts the calls.
    """

    def __init__(self, name: str = "fake-64") -> None:
        self.name = name
        self.passages: list[str] = []
        self.questions: list[str] = []
        self.calls = 0

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions as passages are."""
        self.calls += 1
        self.questions += texts
        return bags(texts)

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        """Embed passages, reporting when done."""
        self.calls += 1
        self.passages += texts
        progress(1.0, "embed")
        return bags(texts)


def bags(texts: Sequence[str]) -> np.ndarray:
    """Return a vector for each text: each stem adds or takes one in the dimension it is hashed to."""
    vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for vector, text in zip(vectors, texts, strict=True):
        for stem in stems(text):
            hashed = zlib.crc32(stem.encode())
            vector[hashed % DIMENSION] += 1 if hashed >> 16 & 1 else -1
        if not vector.any():
            vector[0] = 1
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def write_fiches(folder: Path) -> Path:
    """Write the fiches of the Atelier des Marées below a folder, and return it."""
    for name, text in FICHES.items():
        write(folder / name, text)
    return folder


def write(file: Path, text: str) -> Path:
    """Write a text file, its folders too, and return it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def settings_of(home: Path, *, passage_size: int = 600, file_limit: int = 1_000_000) -> Settings:
    """Return settings that know one folder only, `home`."""
    return Settings(
        home=home,
        material=home.parent / "material",
        embedding_model="fake",
        passage_size=passage_size,
        file_limit=file_limit,
    )


def read_files(paths: Sequence[Path], home: Path, *, limit: int = 1_000_000) -> Read:
    """Read files in this process, as an ingest does, and return what came of them."""
    found, refused = find_files(paths)
    reader = Reader(Home(home), readers=DirectReaders(), size_limit=limit, seconds=60)
    read = reader.read(found, held={}, done=lambda _done, _total: None)
    read.refused = [*refused, *read.refused]
    return read


def open_pipeline(home: Path, *, embedder: FakeEmbedder | None = None, passage_size: int = 600) -> Pipeline:
    """Return a pipeline that writes to `home` and embeds with a fake."""
    fake = embedder or FakeEmbedder()
    settings = settings_of(home, passage_size=passage_size)
    return Pipeline(settings, embedder=lambda: fake, embedding_model=fake.name, readers=DirectReaders)


def open_index(home: Path, *, embedding_model: str = "fake-64") -> CurrentIndex:
    """Return the published version of `home` as a reader follows it."""
    return CurrentIndex(Home(home), embedding_model=embedding_model)


def ingested(folder: Path) -> CurrentIndex:
    """Write the fiches to `folder/material`, ingest them into `folder/home`, and open the index."""
    open_pipeline(folder / "home").ingest([write_fiches(folder / "material")])
    return open_index(folder / "home")
