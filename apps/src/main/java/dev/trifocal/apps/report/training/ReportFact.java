package dev.trifocal.apps.report.training;

/** A labelled setting, figure or version, shown verbatim. */
public record ReportFact(String label, String value) {}
