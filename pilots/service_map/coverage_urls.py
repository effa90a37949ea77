"""Addresses of the coverage of services, and of gaps and overlaps."""

from django.urls import path

from pilots.service_map.views import coverage, coverage_rules, deciding, figures, findings

app_name = "coverage"
urlpatterns = [
    path("coverage/", coverage.coverage, name="matrix"),
    path("coverage/cell/", coverage.cell, name="cell"),
    path("coverage/coverage.xlsx", coverage.workbook, name="workbook"),
    path("coverage/coverage.pdf", coverage.paper, name="paper"),
    path("coverage/rules/", coverage_rules.coverage_rules, name="rules"),
    path("coverage/rules/new/", coverage_rules.new_rule, name="new_rule"),
    path("coverage/rules/<uuid:public_id>/", coverage_rules.rule, name="rule"),
    path("coverage/rules/<uuid:public_id>/remove/", coverage_rules.remove_rule, name="remove_rule"),
    path("gaps/", findings.findings, name="findings"),
    path("gaps/open/", findings.open_finding, name="open_finding"),
    path("gaps/<uuid:public_id>/", findings.finding, name="finding"),
    path("gaps/<uuid:public_id>/change/", findings.change, name="change_finding"),
    path("gaps/<uuid:public_id>/decide/", deciding.decide, name="decide"),
    path("gaps/<uuid:public_id>/note/", deciding.note, name="note"),
    path("gaps/<uuid:public_id>/close/", deciding.close, name="close"),
    path("gaps/<uuid:public_id>/reopen/", deciding.reopen, name="reopen"),
    path("gaps/<uuid:public_id>/merge/", deciding.merge, name="merge"),
    path("figures/", figures.figures, name="figures"),
    path("figures/figures.xlsx", figures.workbook, name="figures_workbook"),
]
