/**
 * Folders of pictures in a folder for each class: finding and checking them, dividing them into
 * training, validation and test data, and reading them as samples. {@link
 * dev.trifocal.datasets.folder.ImageFolder} is where to start.
 */
package dev.trifocal.datasets.folder;
