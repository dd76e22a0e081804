"""From source systems to figures: one file per kind of source. Knows nothing of questions."""
