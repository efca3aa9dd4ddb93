import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_generated_pages_are_up_to_date():
    run = subprocess.run(
        [sys.executable, ROOT / ".ci" / "generate.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)
