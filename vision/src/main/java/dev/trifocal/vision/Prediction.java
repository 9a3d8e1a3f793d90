package dev.trifocal.vision;

/**
 * A class that an image may belong to.
 *
 * @param id of the class, from 0
 * @param name of the class, or {@code class 3} where there are no names
 * @param probability within [0, 1]; those of independent units do not sum to 1. NaN for models that
 *     output class ids without scores
 */
public record Prediction(int id, String name, double probability) {}
