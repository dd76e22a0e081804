"""Ears and mouth: audio in to transcripts, spoken text out to audio. Nothing here knows what a question means.

Nothing is imported here, so that the worker process that speaks stays small.
"""
