/** Optimizers as a user would write them, for the contract that every engine runs them. */
package dev.trifocal.testkit.custom;
