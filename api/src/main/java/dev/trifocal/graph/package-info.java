/**
 * Networks as values: drawing with eager shape inference, the immutable graph and its transforms,
 * summary and memory estimate.
 */
package dev.trifocal.graph;
