"""The linear programme: cover every inconsistent cycle with frustrated weight as light as can be.

    minimise   sum of w(e) f(e)
    subject to sum of f(e) over C >= 1   for every inconsistent cycle C,   f >= 0

Its whole-number optimum is the frustration; its dual is a packing of cycles, which proves a lower
bound to anybody (Barahona and Mahjoub 1986; Aref, Mason and Wilson 2020). Cycles come in as they
are found to be violated. HiGHS keeps its basis from one solution to the next.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Covering"]

SLACK_ROUNDS = 4  # rounds a row may be slack before it leaves the programme


class Covering:
    """The programme of one graph, with cycles added and edges fixed as the search goes on.

    Args:
        weights: positive weight of every edge, as floats.
    """

    def __init__(self, weights: NDArray[np.float64]) -> None:
        self.m = len(weights)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call] # its constructor has no types
        self._solver.silent()
        for option, value in (("threads", 1), ("presolve", "off"), ("random_seed", 1)):
            self._solver.setOptionValue(option, value)
        zero, top = np.zeros(self.m), np.full(self.m, highspy.kHighsInf)
        self._solver.addVars(self.m, zero, top)
        self._solver.changeColsCost(self.m, np.arange(self.m, dtype=np.int32), weights)
        self.cycles: list[tuple[int, ...]] = []
        self._known: set[tuple[int, ...]] = set()
        self._slack = np.zeros(0, dtype=np.int64)
        self._dual = np.zeros(0)
        self._fixed: dict[int, int] = {}
        self.value = 0.0
        self.cover = zero

    def add(self, cycles: Sequence[tuple[int, ...]]) -> int:
        """Take new cycles in, as sorted edges; how many were new."""
        new = [cycle for cycle in cycles if cycle not in self._known]
        if not new:
            return 0
        self._known.update(new)
        starts = np.cumsum([0, *(len(cycle) for cycle in new[:-1])], dtype=np.int32)
        index = np.concatenate([np.asarray(cycle, dtype=np.int32) for cycle in new])
        lower = np.array([self._least(cycle) for cycle in new])
        upper = np.full(len(new), highspy.kHighsInf)
        self._solver.addRows(len(new), lower, upper, len(index), starts, index, np.ones(len(index)))
        self.cycles += new
        self._slack = np.append(self._slack, np.zeros(len(new), dtype=np.int64))
        return len(new)

    def solve(self, deadline: float | None = None) -> bool:
        """Solve anew; False when time ran out, and value and cover are those of before."""
        if deadline is not None:
            left = max(0.05, deadline - monotonic())
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + left)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        solution = self._solver.getSolution()
        self.value = float(self._solver.getInfo().objective_function_value)
        self.cover = np.asarray(solution.col_value)
        self._dual = np.asarray(solution.row_dual)
        self._slack = np.where(self._dual > 1e-9, 0, self._slack + 1)
        return True

    def packing(self) -> list[tuple[float, tuple[int, ...]]]:
        """The dual: amounts of cycles that together fit into the weights."""
        return [
            (float(dual), cycle)
            for dual, cycle in zip(self._dual, self.cycles, strict=False)  # rows since then
            if dual > 1e-10
        ]

    def purge(self) -> None:
        """Let rows go that have been slack for some rounds; they come back when violated."""
        keep = self._slack < SLACK_ROUNDS
        gone = np.flatnonzero(~keep)
        if len(gone) < 50:
            return
        self._solver.deleteRows(len(gone), gone.astype(np.int32))
        self._known.difference_update(self.cycles[row] for row in gone)
        self.cycles = [cycle for cycle, kept in zip(self.cycles, keep, strict=True) if kept]
        self._slack, self._dual = self._slack[keep], self._dual[keep]

    def fix(self, fixed: dict[int, int], active: NDArray[np.bool_]) -> None:
        """Fix edges as satisfied (0) or frustrated (1), and say which rows hold under that.

        Args:
            fixed: edge → 0 or 1; replaces what was fixed before.
            active: for every row whether its cycle is inconsistent under the fixed edges.
        """
        for edge in self._fixed.keys() - fixed.keys():
            self._solver.changeColBounds(edge, 0.0, highspy.kHighsInf)
        for edge, value in fixed.items():
            self._solver.changeColBounds(edge, float(value), float(value))
        self._fixed = dict(fixed)
        lower = np.array(
            [
                self._least(cycle) if on else -highspy.kHighsInf
                for cycle, on in zip(self.cycles, active, strict=True)
            ]
        )
        for row, bound in enumerate(lower):
            self._solver.changeRowBounds(row, bound, highspy.kHighsInf)

    def _least(self, cycle: tuple[int, ...]) -> float:
        return 1.0 + sum(self._fixed.get(edge, 0) for edge in cycle) if self._fixed else 1.0
