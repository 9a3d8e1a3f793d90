/**
 * Immutable networks: building with eager shape inference, transforms, summary and memory estimate.
 */
package dev.trifocal.graph;
