"""Fast, offline and deterministic, but for the tests marked slow: they use real models or a browser."""
