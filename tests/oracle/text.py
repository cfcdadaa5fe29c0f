"""Byte pairs learnt the slow way: every pair is counted anew for each merge.

    python tests/oracle/text.py tests/src/test/resources/oracle/genesis.txt tests/src/test/resources/oracle/text.json

The corpus is the first chapter of the King James Bible, which is in the public domain, in ASCII, for which this pattern
cuts words as GPT-2 does.
"""

import collections
import json
import re
import sys

PIECE = re.compile(r"'(?:[sdmt]|ll|ve|re)| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")


def merged(word, pair, token):
    out, i = [], 0
    while i < len(word):
        here = i + 1 < len(word) and (word[i], word[i + 1]) == pair
        out.append(token if here else word[i])
        i += 2 if here else 1
    return out


def train(corpus, most):
    words = [list(piece.encode()) for piece in PIECE.findall(corpus)]
    merges = []
    while len(merges) < most:
        counts = collections.Counter(pair for word in words for pair in zip(word, word[1:]))
        pair, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if count < 2:
            break
        words = [merged(word, pair, 256 + len(merges)) for word in words]
        merges.append(pair)
    return merges, words


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        corpus = file.read()
    merges, words = train(corpus, 300)
    tokens = [token for word in words for token in word]
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump({"merges": merges, "tokens": tokens}, file, separators=(",", ":"))
        file.write("\n")
