"""From a Reading to figures: a typed Plan, bound to the domains it needs, compiled and run. No Vietnamese here."""
