package dev.trifocal.apps.report.training;

import dev.trifocal.image.Image;

/**
 * A picture of which parts of an image add to the score of a class.
 *
 * @param label class id
 */
public record ClassMap(int label, Image picture) {}
