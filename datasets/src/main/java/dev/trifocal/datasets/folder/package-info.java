/**
 * Image folders with one subfolder per class: finding and checking images, splitting them into
 * training, validation and test sets, and reading them as samples. {@link
 * dev.trifocal.datasets.folder.ImageFolder} is the entry point.
 */
package dev.trifocal.datasets.folder;
