/** The fastest backend for a model, batch size and job, found by a short trial and remembered. */
package dev.trifocal.selection;
