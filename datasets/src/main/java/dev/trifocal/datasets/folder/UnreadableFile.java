package dev.trifocal.datasets.folder;

import java.nio.file.Path;

/**
 * A file with an image extension that cannot be read.
 *
 * @param file the file
 * @param reason a message that names the file
 */
public record UnreadableFile(Path file, String reason) {}
