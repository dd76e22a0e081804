"""Vietnamese itself: normalising, numbers, periods, names, sound, reading aloud, forms of address.

Knows nothing of the catalogue but its names, and nothing of any other room.
"""
