package dev.trifocal.datasets.segmentation;

import java.nio.file.Path;

/** An image file and its mask file. */
record FilePair(Path image, Path mask) {}
