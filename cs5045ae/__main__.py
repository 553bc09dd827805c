"""``python -m cs5045ae`` is the command ``cs5045ae``."""

from cs5045ae.cli import main

if __name__ == "__main__":
    main()
