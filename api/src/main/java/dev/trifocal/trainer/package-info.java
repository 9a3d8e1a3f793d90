/**
 * The training loop: epochs, shuffling, validation, callbacks, early stopping, checkpoints and
 * exact resume. It only depends on the backend interface.
 */
package dev.trifocal.trainer;
