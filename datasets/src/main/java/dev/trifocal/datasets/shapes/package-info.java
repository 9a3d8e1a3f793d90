/**
 * Generated scenes for semantic segmentation: overlapping shapes ({@link
 * dev.trifocal.datasets.shapes.ShapeKind}) in random textures on textured ground, with noise
 * ({@link dev.trifocal.datasets.shapes.Scene}). Each class has a usual colour, but colours vary so
 * much that only form tells the classes. Only exactly rounded arithmetic and {@code StrictMath} are
 * used, so that pixels are identical on all platforms.
 */
package dev.trifocal.datasets.shapes;
