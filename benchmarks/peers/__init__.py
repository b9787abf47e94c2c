"""The campaign in the tools that one would reach for: what the simulation's speed is measured against."""
