"""`python -m corpus`: prepare the bundled embedding model in the home, once; part of the set-up."""

from __future__ import annotations

import sys

from tqdm import tqdm

from corpus import bundled
from corpus.errors import PasserelleError
from corpus.home import Home
from corpus.settings import BUNDLED, read_settings


def main() -> int:
    """Prepare the model if the settings ask for the bundled one and the platform has it."""
    try:
        settings = read_settings()
        packed = bundled.weights()
        if settings.embedding_model != BUNDLED or packed is None:
            return 0
        bundled.verify(packed)
        with tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {desc}", leave=False) as bar:

            def show(share: float, step: str) -> None:
                bar.set_description_str(step, refresh=False)
                bar.update(100 * share - bar.n)

            bundled.prepare(Home(settings.home).models, progress=show)
    except PasserelleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
