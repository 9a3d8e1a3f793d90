package dev.trifocal.datasets.segmentation;

import java.nio.file.Path;

/**
 * An image file with its mask.
 *
 * @param image the path of the image, starting with the folder as the user named it
 * @param mask the classes of its pixels
 */
public record SegmentedImage(Path image, MaskSource mask) {}
