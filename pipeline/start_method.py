"""How worker processes start: one rule for the scan's workers and for the listing of containers."""

import sys

# On Linux a forked worker lets `pipeline.scan` be called from any script, notebook or standard input, without a guard
# round its main part; elsewhere forking is unsafe or unknown, and a script needs `if __name__ == "__main__":`.
START_METHOD = "fork" if sys.platform == "linux" else "spawn"
