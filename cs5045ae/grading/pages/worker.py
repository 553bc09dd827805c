"""The process that makes HTML: it answers one line of JSON with another.

``python -m cs5045ae.grading.pages.worker``, started by `renderer`. It ends when nobody
can ask any more. Text that takes too long costs this process, not the one that asks.
"""

import contextlib
import json
import sys
from typing import Any

from cs5045ae.grading.pages.drawing import TooMuch, draw

__all__ = ["READY", "answer", "main"]

READY = "ready"
MEMORY = 2 << 30


def main() -> None:
    """Say that it is ready, then answer until the input ends."""
    _limit_memory()
    answers, sys.stdout = sys.stdout, sys.stderr
    print(READY, file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


def answer(job: dict[str, Any]) -> dict[str, str]:
    """Return ``html``, or the ``reason`` why there is none in part of a sentence."""
    try:
        return {"html": draw(job["kind"], job["source"], job["attachments"])}
    except TooMuch as error:
        return {"reason": str(error)}
    except RecursionError:
        return {"reason": "its parts are nested too deeply"}
    except MemoryError:
        return {"reason": "it needs too much memory"}
    except Exception as error:  # whatever it is, the page is made
        return {"reason": f"it cannot be rendered ({type(error).__name__})"}


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
