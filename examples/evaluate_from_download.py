"""Evaluate the plan from downloaded facts, without any database: read it from top to bottom.

Get the facts from a portal's data page, or with ``cartagena export facts ./facts``, then run::

    python examples/evaluate_from_download.py ./facts
"""

# ruff: noqa: T201 - this script talks to its reader

import sys
from pathlib import Path

from cartagena.engine.evaluate import Evaluator
from cartagena.engine.facts import read_facts
from cartagena.engine.wording import describe_figure, percent

# 1. Facts are nine tables. They know who they speak of, and whether anything in them is made up.

facts = read_facts(Path(sys.argv[1] if len(sys.argv) > 1 else "facts"))
print(f"{facts['report'].num_rows} reports with {facts['answer'].num_rows} answers")
if facts.demonstration:
    print("These facts hold made-up demonstration data: quote nothing from them.")

# 2. An evaluator reads them. It knows the plan: 72 indicators and the evaluation points.

evaluator = Evaluator(facts)
print(f"{len(evaluator.indicators)} indicators, points: {[p.id for p in evaluator.points]}")

# 3. One figure. The headline counts those about whom something is known; floor and ceiling say
#    where it would be if every silent Party were a no, or a yes.

final = evaluator.point("final")
figure = evaluator.figure("1.6.1", final)
print(f"\n1.6.1 at {final.title}: {describe_figure(figure)}")
print(f"between {percent(figure.floor)} and {percent(figure.ceiling)}")

# 4. The same in each region, by the reading that also counts partial answers.

for region in ("AFR", "AP", "CEE", "GRULAC", "WEOG"):
    figure = evaluator.figure("1.6.1", final, variant="inclusive", group=region)
    print(f"  {region}: {describe_figure(figure)}")

# 5. Any day can be asked, not only the evaluation points.

for day in ("2010-06-30", "2011-12-31", "2015-12-31"):
    figure = evaluator.figure("3.1.1", evaluator.point(day))
    print(f"3.1.1 on {day}: {figure.numerator} of {figure.denominator}")

# 6. A verdict names the Parties behind a figure: a yes, a no, and those of whom nothing is known.

verdict = evaluator.verdict("1.6.1", final)
if verdict is not None:
    print(f"\nYes: {', '.join(verdict.yes) or 'nobody'}")
    print(f"No: {', '.join(verdict.no) or 'nobody'}")

# 7. Everything at once, as a table for a spreadsheet.

print("\nindicator;point;headline;floor;ceiling")
for identifier in evaluator.indicators:
    for point in evaluator.points:
        figure = evaluator.figure(identifier, point)
        shares = [percent(s) for s in (figure.headline, figure.floor, figure.ceiling)]
        print(";".join([identifier, point.id, *shares]))
