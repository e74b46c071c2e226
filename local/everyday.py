"""Writes shared/assistant/everyday.txt: `python -m local.everyday DIRECTORY`.

From the assistant's own word lists and the commonest English words of pyspellchecker 0.8 (MIT, docs/licences), whose
unpacked package stands in DIRECTORY.
"""

import gzip
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTS = ROOT / "shared/adapters/offline/lexicons"
LEFT_OUT = ("simplified.txt",)
MOST = 9_000
"""Words by frequency; rarer ones are names and codes more often than speech."""
OUTPUT = ROOT / "shared/assistant/everyday.txt"
_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"


def everyday(package: Path) -> str:
    """The file's text: English words on one line, Chinese characters on the next."""
    counted = json.loads(gzip.decompress((package / "spellchecker/resources/en.json.gz").read_bytes()))
    common = [word for word in sorted(counted, key=lambda word: -counted[word]) if re.fullmatch("[a-z]{2,}", word)]
    text = "\n".join(path.read_text("utf-8").lower() for path in LISTS.glob("*.txt") if path.name not in LEFT_OUT)
    words = {part for word in re.findall(r"[a-z][a-z'’-]*", text) for part in (word, *re.split(r"['’-]", word)) if part}
    words |= {*_MONTHS.split(), *_DAYS.split(), *common[:MOST]}
    characters = set(re.findall(r"[\u3400-\u9fff]", text))
    return f"{' '.join(sorted(words))}\n{''.join(sorted(characters))}\n"


if __name__ == "__main__":
    OUTPUT.write_text(everyday(Path(sys.argv[1])), encoding="utf-8")
