/**
 * Immutable arrays on the host, the only numbers that cross the border between Trifocal and an
 * engine.
 */
package dev.trifocal.tensor;
