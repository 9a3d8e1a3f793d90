/**
 * What became of a training, to look at: one page that needs no other file, and pictures of its
 * curves, its confusion matrix and its predictions.
 */
package dev.trifocal.apps.report.training;
