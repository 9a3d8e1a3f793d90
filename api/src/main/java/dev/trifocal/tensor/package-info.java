/**
 * Immutable arrays on the host, the only form in which data passes between Trifocal and an engine.
 */
package dev.trifocal.tensor;
