package dev.trifocal.config;

/** What is done with a model and data. */
enum Task {
  /** The network learns as it is. */
  TRAIN,
  /** A new head learns with the rest frozen, then the last layers too. */
  TRANSFER
}
