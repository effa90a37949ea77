"""One part of the measurements in a process of its own, on the database that BENCH_DATABASE names.

Run with: python -m scripts.bench.part MODULE ARGUMENTS; prints what the module's `main` gives, as JSON.
"""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    module = importlib.import_module(f"scripts.bench.{sys.argv[1]}")
    print(json.dumps(module.main(*sys.argv[2:])))
