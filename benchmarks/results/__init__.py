"""Our figures beside the published ones; `python -m benchmarks.results` writes them."""
