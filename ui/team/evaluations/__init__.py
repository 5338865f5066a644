"""Évaluations: how good the answers are, run by run, and the cases that say so."""
