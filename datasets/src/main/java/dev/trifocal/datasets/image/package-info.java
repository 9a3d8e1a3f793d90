/** Reading and writing of image files. */
package dev.trifocal.datasets.image;
