"""What takes long to measure: our results, and how fast the machinery is."""
