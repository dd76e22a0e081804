"""The back office: question templates that administrators add to the base bank."""
