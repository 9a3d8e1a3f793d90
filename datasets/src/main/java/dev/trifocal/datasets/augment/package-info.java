/**
 * Augmentation: random transforms of training images that preserve their class. Each is a pure
 * function of an image and a random stream; {@link dev.trifocal.datasets.augment.Augmentation}
 * combines them. Independent of files.
 */
package dev.trifocal.datasets.augment;
