/**
 * Data sets by name ({@link dev.trifocal.datasets.DatasetRegistry}) and what it takes to open them:
 * files that the user supplies or that are downloaded once, arrays, and digits drawn in code.
 * Formats have packages of their own below this one, which know nothing of it.
 */
package dev.trifocal.datasets;
