"""Starts a command of the environment. The first lines run on any Python 3, to say so when it is too old."""

import sys

if sys.version_info < (3, 10):
    sys.exit(
        "Python %d.%d was found as %s; Hopwise needs Python 3.10 or newer to drive Jupyter. "
        "Install a newer one and put it first on the PATH." % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

from hopwise_environment.start import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
