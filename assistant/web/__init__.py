"""Routes, websocket and pages: thin, everything else is left to the rooms."""
