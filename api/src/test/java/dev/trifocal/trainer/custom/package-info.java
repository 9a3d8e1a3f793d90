/** Metrics, schedules and optimizers as a user would write them in a project of his own. */
package dev.trifocal.trainer.custom;
