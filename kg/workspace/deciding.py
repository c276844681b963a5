"""The judgements of people in a ``KnowledgeGraph``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.workspace.held import Held

if TYPE_CHECKING:
    from kg.judgements import Judgement, Signature, Verdict
    from kg.workspace.judging import JudgementRow
    from kg.workspace.review import Question, Topic

__all__ = ["Deciding"]


class Deciding(Held):
    """The log of decisions, and what deserves one."""

    def judge(self, verdict: Verdict, *wanted: str, by: Signature, document: str = "") -> Judgement:
        """Decide about events or actors; see ``kg.workspace.judging.judge``."""
        from kg.workspace.judging import judge  # noqa: PLC0415

        return judge(self._writer(), self.world, verdict, wanted, by, document)

    def answer(self, question: Question, verdict: Verdict, *, by: Signature) -> Judgement:
        """Write down the answer to a question of ``questions``."""
        from kg.judgements import append  # noqa: PLC0415

        return append(
            self._writer(),
            verdict,
            question.subjects,
            question.others,
            by=by,
            document=question.document,
        )

    def undo(self, wanted: str, *, by: Signature) -> Judgement:
        """Take back a judgement, by number or id; see ``kg.workspace.judging.undo``."""
        from kg.workspace.judging import undo  # noqa: PLC0415

        return undo(self._writer(), wanted, by)

    def judgements(self) -> tuple[JudgementRow, ...]:
        """The log of judgements, first entry first."""
        from kg.workspace.judging import judgement_rows  # noqa: PLC0415

        return judgement_rows(self._store)

    def unasked(self) -> int:
        """How many events of feeds there are, about which ``questions`` asks nothing."""
        from kg.workspace import review  # noqa: PLC0415

        return review.unasked(self._store)

    def questions(
        self, topics: tuple[Topic, ...] | None = None, below: float | None = None
    ) -> tuple[Question, ...]:
        """What deserves a person's eye; see ``kg.workspace.review.questions``."""
        from kg.workspace import review  # noqa: PLC0415

        return review.questions(
            self._store,
            self.world,
            tuple(review.Topic) if topics is None else topics,
            review.BELOW if below is None else below,
        )
