package dev.trifocal.apps.report.training;

import dev.trifocal.image.Image;

/**
 * An image of which a network predicted the class of each pixel.
 *
 * @param name the name to find it by
 * @param actual class ids as a gray image
 * @param predicted class ids as a gray image
 * @param meanIou the mean IoU of this image alone, from 0 to 1
 */
public record SegmentationResult(
    String name, Image image, Image actual, Image predicted, double meanIou) {}
