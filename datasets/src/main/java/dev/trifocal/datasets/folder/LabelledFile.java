package dev.trifocal.datasets.folder;

import java.nio.file.Path;

/**
 * A picture file of a class.
 *
 * @param file as it is reached from the folder that was named
 * @param label index of its class
 */
public record LabelledFile(Path file, int label) {}
