package dev.trifocal.config;

/** The kind of training. */
enum Task {
  /** Trains the whole network. */
  TRAIN,
  /** Trains a new head on a frozen base, then fine-tunes the last layers. */
  TRANSFER
}
