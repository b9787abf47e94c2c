"""Files as an unlucky disk, a careless program or an attacker leaves them, and whoever reads them.

A file is damaged by a number alone, so that what fails once fails again; the tests try a few, `make bench
section=faults` many.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import workbench as wb
from workbench.errors import WorkbenchError

#: What breaks programs: marks of formats, numbers at the edge, characters that are none.
WORDS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"PK\x03\x04",
    b'"',
    b"\r",
    b"=1+1",
    b"1e999",
    b"nan",
    b"9" * 320,
    b"-1",
    b"\xe2\x80\xae",
    b"{",
    b"*a",
    b"\x7f",
)


def damaged(content: bytes, number: int) -> bytes:
    """The content with one to four things wrong: bits, pieces cut or doubled, words put in."""
    luck = random.Random(number)
    found = bytearray(content)
    for _ in range(luck.randint(1, 4)):
        place = luck.randrange(len(found) + 1)
        length = min(luck.choice((1, 1, 2, 8, 64, 1024)), len(found) - place)
        piece = bytes(found[place : place + length])
        match luck.randrange(6):
            case 0:
                for spot in range(place, place + length):
                    found[spot] ^= 1 << luck.randrange(8)
            case 1:
                del found[place : place + length]
            case 2:
                found[place:place] = piece * luck.choice((1, 2, 50))
            case 3:
                found[place:place] = luck.choice(WORDS)
            case 4:
                found[place : place + length] = luck.choice(WORDS)
            case _:
                del found[luck.randrange(len(found) + 1) :]
    return bytes(found)


def whole_files(folder: Path) -> dict[str, Path]:
    """One good file of every kind that the workbench reads; a name for each."""
    register = wb.make_city(60, 4, seed=5)
    scenario = wb.read_scenario(Path(__file__).parents[1] / "scenarios" / "baseline.yaml")
    found = {name: folder / name for name in ("register.csv", "register.xlsx", "register.parquet")}
    for path in found.values():
        wb.write_register(register, path)
    found["scenario.yaml"] = folder / "scenario.yaml"
    found["scenario.yaml"].write_text("name: small\ninstructors: {total: 16}\ntitle: {zh: 小城, en: Small}\n", "utf-8")
    found["outcome.nc"] = folder / "outcome.nc"
    wb.simulate(register, scenario.replace("instructors.total", 16), False, replications=8).save(found["outcome.nc"])
    return found


#: Who reads a kind of file: an answer, or an error of ours.
READERS: dict[str, tuple[Callable[[Path], object], ...]] = {
    ".csv": (wb.read_register, wb.read_ledger),
    ".xlsx": (wb.read_register, wb.read_ledger),
    ".parquet": (wb.read_register,),
    ".yaml": (wb.read_scenario,),
    ".nc": (wb.load_outcome,),
}


def refusals(path: Path, content: bytes, numbers: range) -> Iterator[tuple[int, str, str]]:
    """Damage the content by each number, read it: number, reader, and what was said; ``""`` where it was read.

    Raises
    ------
    Exception
        whatever is no error of ours: nobody can have meant that.
    """
    for number in numbers:
        path.write_bytes(damaged(content, number))
        for read in READERS[path.suffix]:
            try:
                read(path)
            except WorkbenchError as refusal:
                yield number, read.__name__, str(refusal)
            else:
                yield number, read.__name__, ""
