/**
 * The backends on the class path: by name, or the fastest one for a model, batch size and job,
 * found by a short trial and remembered.
 */
package dev.trifocal.selection;
