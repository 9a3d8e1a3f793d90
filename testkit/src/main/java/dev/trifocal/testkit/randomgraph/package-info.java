/**
 * Small graphs drawn from a list of numbers: any list makes some graph that is valid, so a property
 * test can draw lists, and shorten one that fails.
 */
package dev.trifocal.testkit.randomgraph;
