"""A report of a graph: one page of plots, tables and text that says where its figures come from."""

from kg.report.write import ReportSummary, write_report

__all__ = ["ReportSummary", "write_report"]
