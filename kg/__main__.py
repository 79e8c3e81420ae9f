"""``python -m kg`` and the command ``kg``."""

from __future__ import annotations

import gc
import sys

from kg.cli import run


def main() -> None:
    """Run the command line and exit with its code."""
    # What starting makes stays to the end: looking through it for garbage again and again took a tenth of a second.
    gc.set_threshold(50_000, 20, 50)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
