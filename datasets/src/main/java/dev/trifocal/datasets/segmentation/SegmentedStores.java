package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.folder.ImageStore;

/** Images and their masks by index, in the same size. */
record SegmentedStores(ImageStore images, ImageStore masks) {}
