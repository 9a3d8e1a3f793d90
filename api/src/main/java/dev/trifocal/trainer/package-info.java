/**
 * The training loop: epochs, shuffling, validation, callbacks, early stopping, checkpoints and
 * exact resume. It depends only on the backend interface.
 */
package dev.trifocal.trainer;
