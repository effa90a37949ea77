"""Instruments, courses with their sessions and answers, and what is counted of them."""

from pilots.measures.models.courses import Course, HandOver, Respondent, Response, Session
from pilots.measures.models.figures import MeasureFact
from pilots.measures.models.instruments import Cutoff, Instrument, LicensedWording, Scale, Source

__all__ = [
    "Course",
    "Cutoff",
    "HandOver",
    "Instrument",
    "LicensedWording",
    "MeasureFact",
    "Respondent",
    "Response",
    "Scale",
    "Session",
    "Source",
]
