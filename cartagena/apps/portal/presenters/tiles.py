"""The tile map: one equal tile for each Party, in regions drawn roughly as on a globe."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cartagena.engine.declaration import PROTOCOL, Problems, build, check_keys, read_yaml

TILES_FILE = PROTOCOL / "treaty" / "tiles.yaml"
EMPTY = "."


@dataclass(frozen=True)
class RegionDrawing:
    """What tiles.yaml says of one region."""

    region: str
    drawing: str


@dataclass(frozen=True, slots=True)
class Place:
    """A tile's place inside its region; both count from 1."""

    party: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile to show: its place, what it says (`state` is its style class), where it leads."""

    place: Place
    state: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class TileRegion:
    """The tiles of one region under its title."""

    code: str
    title: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class TileMap:
    """A whole map with its key, each entry as (style class, words)."""

    title: str
    regions: tuple[TileRegion, ...]
    key: tuple[tuple[str, str], ...]


@cache
def load_places(path: Path = TILES_FILE) -> Mapping[str, tuple[Place, ...]]:
    """Region -> places in reading order. Raises DeclarationError; a code drawn twice is one."""
    problems = Problems()
    raw = check_keys(read_yaml(path), path.name, problems, required=["regions"])
    seen: set[str] = set()
    places: dict[str, tuple[Place, ...]] = {}
    for position, entry in enumerate(raw.get("regions") or ()):
        drawn = build(RegionDrawing, entry, f"{path.name}: regions[{position}]", problems)
        if drawn is None:
            continue
        places[drawn.region] = tuple(_read_drawing(drawn.drawing))
        for place in places[drawn.region]:
            if place.party in seen:
                problems.add(
                    f"{path.name}: {drawn.region}",
                    f"{place.party} is drawn twice",
                    "Keep one tile.",
                )
            seen.add(place.party)
    problems.raise_if_any()
    return places


def _read_drawing(drawing: str) -> Iterable[Place]:
    for row, line in enumerate(drawing.splitlines(), start=1):
        for column, code in enumerate(line.split(), start=1):
            if code != EMPTY:
                yield Place(code, row, column)


def lay_tiles(
    title: str,
    region_titles: Mapping[str, str],
    tile: Callable[[Place], Tile],
    key: Iterable[tuple[str, str]],
) -> TileMap:
    """The map with each place made a tile by `tile`."""
    regions = tuple(
        TileRegion(region, region_titles.get(region, region), tuple(tile(p) for p in places))
        for region, places in load_places().items()
    )
    return TileMap(title, regions, tuple(key))
