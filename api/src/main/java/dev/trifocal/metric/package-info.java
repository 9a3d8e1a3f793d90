/**
 * Metrics, computed on the host from outputs and labels. Implement {@link
 * dev.trifocal.metric.Metric} to add one.
 */
package dev.trifocal.metric;
