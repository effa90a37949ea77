"""Trainings and their dates, who signed up and came, what they got and said, and the course inside the portal."""

from pilots.trainings.models.course import CourseProgress
from pilots.trainings.models.people import Attendance, Certificate, SignUp, TrainingFeedback
from pilots.trainings.models.trainings import Occasion, TrainingEvent

__all__ = [
    "Attendance",
    "Certificate",
    "CourseProgress",
    "Occasion",
    "SignUp",
    "TrainingEvent",
    "TrainingFeedback",
]
