/**
 * Handwritten-looking digits without a file: each class is a few pen strokes ({@link
 * dev.trifocal.datasets.digits.Alphabet}), a writer with random habits deforms them ({@link
 * dev.trifocal.datasets.digits.Handwriting}), and a canvas rasterises them by distance to the pen's
 * path. Only exactly rounded arithmetic and {@code StrictMath} are used, so that pixels are the
 * same on every platform.
 */
package dev.trifocal.datasets.digits;
