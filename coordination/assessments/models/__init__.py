from coordination.assessments.models.reports import Report, ReportDeadline

__all__ = ["Report", "ReportDeadline"]
