"""The assistant: one question's way from a spoken sentence to a spoken figure, one folder per room."""
