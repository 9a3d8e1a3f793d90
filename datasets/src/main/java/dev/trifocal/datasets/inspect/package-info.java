/** Inspection of image folders: sizes, duplicates and contact sheets. */
package dev.trifocal.datasets.inspect;
