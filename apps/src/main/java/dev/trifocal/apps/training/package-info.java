/** Training runs: initial state, loop, summary, interruption and resumption. */
package dev.trifocal.apps.training;
