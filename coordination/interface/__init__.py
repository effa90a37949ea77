"""What every page shares and no step owns: forms' looks and fields, tokens against doubled posts, waking of tasks.

The lowest floor: it has no models and imports nothing of the house.
"""
