/** Metrics with one meaning each, computed on the host from outputs and labels. */
package dev.trifocal.metric;
