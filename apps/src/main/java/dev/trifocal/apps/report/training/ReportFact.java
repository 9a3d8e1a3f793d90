package dev.trifocal.apps.report.training;

/** A setting, a figure or a version, with what to call it; both are shown as they are. */
public record ReportFact(String label, String value) {}
