"""Measures rightness: asks questions with known readings, judges the answers, recomputes every figure by plain SQL."""
