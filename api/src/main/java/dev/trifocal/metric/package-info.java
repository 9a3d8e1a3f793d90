/**
 * Metrics, computed on the host from outputs and labels. {@link dev.trifocal.metric.Metric} is
 * open: anyone can write one.
 */
package dev.trifocal.metric;
