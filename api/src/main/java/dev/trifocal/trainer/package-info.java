/**
 * The training loop: epochs, shuffling, validation, listeners, early stopping, checkpoints and
 * exact resume. It knows only the backend interface.
 */
package dev.trifocal.trainer;
