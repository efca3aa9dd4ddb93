"""`python -m scone_ls` is `scone-ls`."""

import sys

from scone_ls.cli import main

if __name__ == "__main__":
    sys.exit(main())
