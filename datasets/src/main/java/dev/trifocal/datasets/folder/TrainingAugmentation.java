package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;

/**
 * The augmentation of training images with its input.
 *
 * @param augmentation the augmentation
 * @param source the images to augment: fitted, or larger if the augmentation crops
 */
record TrainingAugmentation(Augmentation augmentation, ImageStore source) {}
