from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus import bundled, embedder
from corpus.embedder import (
    BULK,
    HUB_NAME,
    BundledEmbedder,
    SentenceTransformerEmbedder,
    open_embedder,
    wanted_name,
)
from corpus.errors import ModelDamaged, ModelMissing
from corpus.settings import Settings, read_settings
from tests.corpus.packing import nobody, packed_model

QUICK, BULKY = 1.0, 2.0


class Engine:
    """Stands for an engine: every vector holds the engine's own number; `calls` are the sizes asked for."""

    def __init__(self, number: float, name: str = "engine") -> None:
        self.name = name
        self.number = number
        self.calls: list[int] = []

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str], **_: object) -> np.ndarray:
        self.calls.append(len(texts))
        return np.full((len(texts), bundled.DIMENSION), self.number, dtype=np.float32)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine(QUICK)
    monkeypatch.setattr(embedder, "QuickEncoder", lambda _folder: engine)
    return engine


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """The SentenceTransformers that are opened: where, and under which name."""
    found: list[tuple[str, str | None]] = []

    def open_one(where: str | Path, *, name: str | None = None) -> Engine:
        found.append((str(where), name))
        return Engine(BULKY, name or str(where))

    monkeypatch.setattr(embedder, "SentenceTransformerEmbedder", open_one)
    monkeypatch.setattr(bundled, "prepare", lambda folder, *, progress: progress(1.0, "ready") or folder)
    return found


def settings(model: str, home: Path = Path("home")) -> Settings:
    return read_settings(embedding_model=model, home=home)


def texts(count: int) -> list[str]:
    return [f"texte {place}" for place in range(count)]


@pytest.mark.usefixtures("quick")
def test_few_passages_go_to_the_quick_engine_one_by_one_with_progress(
    tmp_path: Path, opened: list[tuple[str, str | None]]
) -> None:
    shares: list[float] = []
    vectors = BundledEmbedder(tmp_path).embed_passages(
        texts(4), progress=lambda share, _: shares.append(share)
    )
    assert vectors.shape == (4, bundled.DIMENSION)
    assert set(vectors.ravel()) == {QUICK}
    assert shares == [0.25, 0.5, 0.75, 1.0]
    assert opened == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("count", "engine"), [(BULK - 1, QUICK), (BULK, BULKY), (BULK + 1, BULKY)])
def test_the_engine_is_chosen_by_the_number_of_passages(
    tmp_path: Path, opened: list[tuple[str, str | None]], count: int, engine: float
) -> None:
    vectors = BundledEmbedder(tmp_path).embed_passages(texts(count))
    assert set(vectors.ravel()) == {engine}
    assert opened == ([(str(tmp_path), bundled.MODEL_NAME)] if engine == BULKY else [])


def test_an_engine_that_was_loaded_for_many_is_used_for_few_and_questions_stay_quick(
    tmp_path: Path, quick: Engine, opened: list[tuple[str, str | None]]
) -> None:
    both = BundledEmbedder(tmp_path)
    both.embed_passages(texts(BULK))
    assert set(both.embed_passages(texts(2)).ravel()) == {BULKY}
    assert set(both.embed_questions(["où ?"]).ravel()) == {QUICK}
    assert len(opened) == 1
    assert quick.calls == [1]


@pytest.mark.usefixtures("quick")
def test_no_passage_needs_no_engine(tmp_path: Path, opened: list[tuple[str, str | None]]) -> None:
    assert BundledEmbedder(tmp_path).embed_passages([]).shape == (0, bundled.DIMENSION)
    assert opened == []


@pytest.mark.parametrize("model", ["intfloat/multilingual-e5-base", "/models/mine"])
def test_a_model_that_the_settings_name_is_opened_under_that_name(
    opened: list[tuple[str, str | None]], model: str
) -> None:
    assert open_embedder(settings(model)).name == model
    assert opened == [(model, None)]
    assert wanted_name(settings(model)) == model


def test_the_bundled_model_is_checked_and_unpacked_below_the_home(
    tmp_path: Path, quick: Engine, opened: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[Path] = []
    monkeypatch.setattr(bundled, "weights", lambda: tmp_path / "packed.bin")
    monkeypatch.setattr(bundled, "verify", verified.append)
    own = open_embedder(settings("bundled", tmp_path))
    assert (own.name, wanted_name(settings("bundled"))) == (bundled.MODEL_NAME, bundled.MODEL_NAME)
    assert verified == [tmp_path / "packed.bin"]
    own.embed_passages(texts(BULK))
    assert opened == [(str(tmp_path / "models"), bundled.MODEL_NAME)]
    assert quick.calls == []


def test_an_altered_bundled_model_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "packed.bin"
    packed.write_bytes(b"altered")
    monkeypatch.setattr(bundled, "weights", lambda: packed)
    with pytest.raises(ModelDamaged, match=r"packed\.bin is damaged"):
        open_embedder(settings("bundled", tmp_path))


def test_where_nothing_is_bundled_the_same_model_comes_from_the_hub(
    opened: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "weights", lambda: None)
    assert open_embedder(settings("bundled")).name == HUB_NAME == wanted_name(settings("bundled"))
    assert opened == [(HUB_NAME, None)]


class Model:
    """Stands for a SentenceTransformer: the vector of a text is its length, and 1 for a passage."""

    def get_embedding_dimension(self) -> int:
        return 2

    def encode_query(self, texts: list[str], **_: object) -> list[list[float]]:
        return [[len(text), 0.0] for text in texts]

    def encode_document(self, texts: list[str], **_: object) -> list[list[float]]:
        assert texts == sorted(texts, key=len, reverse=True)
        return [[len(text), 1.0] for text in texts]


def test_passages_are_encoded_longest_first_and_come_back_in_their_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedder, "_load", lambda _where: Model())
    model = SentenceTransformerEmbedder("mine")
    lengths = [place * 37 % 101 for place in range(600)]
    shares: list[float] = []
    vectors = model.embed_passages(
        ["x" * length for length in lengths], progress=lambda share, _: shares.append(share)
    )
    assert vectors.tolist() == [[length, 1] for length in lengths]
    assert shares == sorted(shares)
    assert (len(shares), shares[-1]) == (3, 1.0)
    assert model.embed_questions(["où", " a\0b\ud800 "]).tolist() == [[2, 0], [2, 0]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write a SentenceTransformer of one layer, with or without prompts, under a name."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "packed.bin").write_bytes(packed_model())

    def build(name: str, *, prompts: bool = True) -> Path:
        made = folder / name
        made.mkdir()
        bundled.build(folder / "packed.bin", into=made, progress=nobody)
        config = made / "config_sentence_transformers.json"
        fields = json.loads(config.read_text(encoding="utf-8"))
        assert fields["prompts"]["query"] == "query: "
        config.write_text(json.dumps(fields if prompts else {**fields, "prompts": {}}), encoding="utf-8")
        return made

    return build


@pytest.mark.slow
def test_a_local_folder_embeds_any_text_as_a_vector_of_length_one(tiny: Callable[..., Path]) -> None:
    local = open_embedder(settings(str(tiny("local"))))
    assert isinstance(local, SentenceTransformerEmbedder)
    some = ["le labo", "fin", "le\ud800 la\0bo", ""]
    for vectors in (local.embed_passages(some), local.embed_questions(some)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (4, 32)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-2)
    assert local.embed_passages([]).shape[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "prompts", "prefixed"), [("own", True, True), ("tiny-E5", False, True), ("plain", False, False)]
)
def test_questions_and_passages_have_the_prefixes_of_the_model(
    tiny: Callable[..., Path], name: str, prompts: bool, prefixed: bool
) -> None:
    model = SentenceTransformerEmbedder(tiny(f"{name}-prefix", prompts=prompts))
    said = model._model.prompts
    assert (said.get("query") or "", said.get("document") or "") == (
        ("query: ", "passage: ") if prefixed else ("", "")
    )


@pytest.mark.slow
@pytest.mark.parametrize("model", ["/no/such/folder", "no-one/no-such-model"])
def test_a_model_that_is_not_there_is_named_with_a_remedy(model: str) -> None:
    with pytest.raises(ModelMissing, match=rf"the embedding model '{model}' was not found \(.+\); name a"):
        open_embedder(settings(model))


@pytest.mark.slow
def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(ModelMissing, match=rf"the embedding model '{tmp_path}' was not found"):
        open_embedder(settings(str(tmp_path)))
