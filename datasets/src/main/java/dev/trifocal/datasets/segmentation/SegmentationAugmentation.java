package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.augment.Augmentation;

/**
 * The augmentation of training images and masks with its input.
 *
 * @param source the images to augment: fitted, or larger if the augmentation crops
 */
record SegmentationAugmentation(Augmentation augmentation, SegmentedStores source) {}
