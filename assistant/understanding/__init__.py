"""From text to readings: spans, competing coverings, Rasa's opinion, follow-ups, what to ask back."""
