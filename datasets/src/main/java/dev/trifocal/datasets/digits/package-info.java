/**
 * Generated handwriting-like digits: each class consists of pen strokes ({@link
 * dev.trifocal.datasets.digits.Alphabet}), which are deformed at random ({@link
 * dev.trifocal.datasets.digits.Handwriting}) and rasterised by distance to the pen's path. Only
 * exactly rounded arithmetic and {@code StrictMath} are used, so that pixels are identical on all
 * platforms.
 */
package dev.trifocal.datasets.digits;
