package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.augment.Augmentation;

/**
 * What happens to training pictures.
 *
 * @param source of pictures for it: fitted, or larger if it cuts
 */
record TrainingAugmentation(Augmentation augmentation, ImageStore source) {}
