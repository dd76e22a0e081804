"""Steps from one set of tables to the next, run at start."""
