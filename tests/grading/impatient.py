"""The command line, with less patience: so that what never ends is cheap.

The processes that grade are spawned, and read this file again.
"""

from cs5045ae.cli import main
from cs5045ae.grading.judge import Patience

# Seconds of a submission, of a cell, of a check; a cell may import TensorFlow.
Patience.__init__.__defaults__ = (60.0, 30.0, 3.0)

if __name__ == "__main__":
    main()
