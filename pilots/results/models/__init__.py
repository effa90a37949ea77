"""Indicators with their values, and evaluation summaries of a pilot."""

from pilots.results.models.evaluations import Evaluation, EvaluationRow, EvaluationText
from pilots.results.models.indicators import Indicator, IndicatorValue

__all__ = ["Evaluation", "EvaluationRow", "EvaluationText", "Indicator", "IndicatorValue"]
