"""`jalon evaluate`: labelled questions read, asked of the whole engine, counted and reported."""

from jalon.evaluation.measures import Outcome, figures, recognised, report, run
from jalon.evaluation.questions import OUT_OF_SCOPE, BadQuestions, Question, held_out, read_questions

__all__ = [
    "OUT_OF_SCOPE",
    "BadQuestions",
    "Outcome",
    "Question",
    "figures",
    "held_out",
    "read_questions",
    "recognised",
    "report",
    "run",
]
