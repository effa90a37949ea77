from coordination.assessments.models.assessments import Assessment, DisclosureBan, Participant, Reopening
from coordination.assessments.models.figures import AssessmentFact
from coordination.assessments.models.parts import ChildView, HeardHow, PartVersion, Section
from coordination.assessments.models.plans import Goal, PlanAction, Summary
from coordination.assessments.models.reports import Report, ReportDeadline

__all__ = [
    "Assessment",
    "AssessmentFact",
    "ChildView",
    "DisclosureBan",
    "Goal",
    "HeardHow",
    "PartVersion",
    "Participant",
    "PlanAction",
    "Reopening",
    "Report",
    "ReportDeadline",
    "Section",
    "Summary",
]
