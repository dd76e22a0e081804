"""Domains, indicators, areas, facilities and agencies: names, units, how they add up, who owns them."""
