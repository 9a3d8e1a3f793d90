/** Picture files: reading them, and writing small ones. */
package dev.trifocal.datasets.image;
