"""Measures how long the stages of a turn take, alone and together, and how much memory and disk all of it needs."""
