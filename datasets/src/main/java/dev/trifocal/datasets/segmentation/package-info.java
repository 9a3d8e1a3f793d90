/** Folders of images with masks, which give each pixel a class: finding, checking and samples. */
package dev.trifocal.datasets.segmentation;
