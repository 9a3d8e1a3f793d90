/**
 * Training reports: one self-contained page, and images of the curves, the confusion matrix and the
 * predictions.
 */
package dev.trifocal.apps.report.training;
