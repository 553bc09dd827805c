"""Measure the headline figures and write docs/results.md.

python -m benchmarks.results                     all topics, the embedded digits
python -m benchmarks.results --size full         the full set, where it is on disk
python -m benchmarks.results --topic 01_pca      one topic, the others are kept

What was measured is kept in benchmarks/results/measured.json, so that the two sizes and
the topics can be run one after the other.
"""

import argparse
import datetime
import importlib
import json
import pkgutil
import statistics
import time
from pathlib import Path

from tqdm import tqdm

from benchmarks import results
from benchmarks.results.headlines import HEADLINES, Data

HERE = Path(__file__).parent
KEPT = HERE / "measured.json"
PAGE = HERE.parents[1] / "docs" / "results.md"
SEEDS = (0, 1, 2)
INTRO = """\
# Our results beside the published ones

Made by `python -m benchmarks.results` (embedded: the 4,000 and 1,000 digits that come
with the course) and `python -m benchmarks.results --size full` (60,000 and 10,000).
Where a figure depends on a seed it is the mean over the seeds 0, 1 and 2, with the
smallest and the largest in brackets. The small and the full set are different data: a
network that saw 4,000 digits cannot be held to a figure for 60,000.

| topic | figure | published | ours, embedded | ours, full |
| --- | --- | --- | --- | --- |
"""


def main() -> None:
    for found in pkgutil.iter_modules(results.__path__, "benchmarks.results."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    HEADLINES.sort(key=lambda h: h.topic)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.results")
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument("--topic", help="such as 01_pca; all by default")
    asked = parser.parse_args()
    chosen = [h for h in HEADLINES if asked.topic in (None, h.topic)]
    if not chosen:
        known = ", ".join(sorted({h.topic for h in HEADLINES}))
        parser.error(f"there is no headline of {asked.topic}; there are {known}")
    data = Data.load(asked.size)
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    with tqdm(total=sum(len(SEEDS) if h.random else 1 for h in chosen)) as bar:
        for h in chosen:
            started, values = time.perf_counter(), []
            for seed in SEEDS if h.random else SEEDS[:1]:
                bar.set_description(f"{h.topic}, seed {seed}")
                values.append(float(h.measure(data, seed)))
                bar.update()
            kept.setdefault(h.topic, {}).setdefault(h.what, {})[asked.size] = {
                "values": values,
                "seconds": round(time.perf_counter() - started),
                "date": datetime.date.today().isoformat(),
            }
            KEPT.write_text(json.dumps(kept, indent=1) + "\n")
            PAGE.write_text(page(kept))
    print(PAGE.read_text())


def page(kept: dict) -> str:
    """Write the table of all that was measured."""
    rows = [
        f"| {h.topic} | {h.what} | {h.published} "
        f"| {told(found.get('small'))} | {told(found.get('full'))} |"
        for h in HEADLINES
        if (found := kept.get(h.topic, {}).get(h.what))
    ]
    return INTRO + "\n".join(rows) + "\n"


def told(measured: dict | None) -> str:
    """Write a figure with its spread, its date and its seconds."""
    if measured is None:
        return "not measured"
    values = measured["values"]
    spread = f" ({min(values):.4g} to {max(values):.4g})" if len(values) > 1 else ""
    when = f"{measured['date']}, {measured['seconds']} s"
    return f"**{statistics.mean(values):.4g}**{spread}; {when}"


if __name__ == "__main__":
    main()
