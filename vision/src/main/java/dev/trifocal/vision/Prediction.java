package dev.trifocal.vision;

/**
 * A class that an image may belong to.
 *
 * @param id of the class, from 0
 * @param name of the class, or {@code class 3} where there are no names
 * @param probability within [0, 1]
 */
public record Prediction(int id, String name, double probability) {}
