"""Checked, dated snapshots of figures: one DuckDB file per domain. Knows nothing of questions."""
