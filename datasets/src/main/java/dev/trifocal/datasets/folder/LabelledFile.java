package dev.trifocal.datasets.folder;

import java.nio.file.Path;

/**
 * An image file with its class.
 *
 * @param file the path of the file, starting with the folder as the user named it
 * @param label the class id
 */
public record LabelledFile(Path file, int label) {}
