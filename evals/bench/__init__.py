"""Benchmarks: start, answers, memory and ingest, each as a ratio within one run."""
