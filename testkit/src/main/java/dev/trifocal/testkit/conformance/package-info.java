/**
 * The conformance document: contracts write a report per backend, and {@link
 * dev.trifocal.testkit.conformance.ConformanceDocument} generates tables from all reports.
 */
package dev.trifocal.testkit.conformance;
