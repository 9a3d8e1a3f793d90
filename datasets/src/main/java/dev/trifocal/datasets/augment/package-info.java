/**
 * Augmentation: changes of training pictures that leave their class as it is. Each is a pure
 * function of a picture and a random stream; {@link dev.trifocal.datasets.augment.Augmentation}
 * puts them together. No files here.
 */
package dev.trifocal.datasets.augment;
