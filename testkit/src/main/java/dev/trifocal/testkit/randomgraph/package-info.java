/**
 * Small graphs built from a list of numbers: every list gives a valid graph, so property tests can
 * draw lists and shrink failing ones.
 */
package dev.trifocal.testkit.randomgraph;
