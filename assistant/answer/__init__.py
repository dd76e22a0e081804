"""From figures to what people read and hear: sentences, table, chart, export, source, next questions."""
