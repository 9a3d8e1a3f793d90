package dev.trifocal.vision;

/**
 * A class that an image may belong to.
 *
 * @param id class id, from 0
 * @param name class name; {@code class 3} if there are no names
 * @param probability in [0, 1]; those of independent units do not sum to 1. NaN for models that
 *     output class ids without scores
 */
public record Prediction(int id, String name, double probability) {}
