"""How far words are from each other, and what is near to one."""

from collections.abc import Iterator


def list_edits(word: str, letters: str) -> Iterator[str]:
    """All that one slip of a finger makes of a word: first two letters swapped, then one changed,
    one left out, one put in.
    """
    places = range(len(word))
    yield from (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in places[:-1])
    yield from (word[:n] + sign + word[n + 1 :] for n in places for sign in letters)
    yield from (word[:n] + word[n + 1 :] for n in places)
    yield from (word[:n] + sign + word[n:] for n in range(len(word) + 1) for sign in letters)


def measure_distance(one: str, other: str, most: int) -> int:
    """How many letters must be added, dropped, changed or swapped; more than `most` is not told."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, before, row = before, row, [place]
        for at, sign in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != sign))
            swapped = place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == sign
            row.append(min(cost, last[at - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
    return row[-1]
