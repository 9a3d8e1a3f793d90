/** User-defined optimizers, for the contract that all engines run them. */
package dev.trifocal.testkit.custom;
