"""What runs a model: one small protocol, three engines behind it, and the profiles they serve."""

import os

# OpenMP's threads spin while they wait for each other, and what they spin away is taken from the
# translator, the vectors and the other requests. Said before the libraries that read it are loaded.
os.environ.setdefault("GOMP_SPINCOUNT", "0")
