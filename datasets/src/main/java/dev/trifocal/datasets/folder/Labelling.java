package dev.trifocal.datasets.folder;

/** How the images of a folder are labelled. */
public enum Labelling {
  /** Each image has one class: that of its class folder. */
  ONE_CLASS,
  /** Each image has any number of classes: those of {@code labels.csv}, or of nested folders. */
  MULTI_LABEL
}
