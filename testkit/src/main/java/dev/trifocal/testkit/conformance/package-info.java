/**
 * What the kit measured, as a document: contracts write a report per backend, and {@link
 * dev.trifocal.testkit.conformance.ConformanceDocument} makes tables of all reports.
 */
package dev.trifocal.testkit.conformance;
