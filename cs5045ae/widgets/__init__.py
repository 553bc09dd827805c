"""The interactive pictures of the lectures: one call each, every control labelled."""
