package dev.trifocal.datasets.folder;

import java.nio.file.Path;

/**
 * A file that looks like a picture by its name, but cannot be read as one.
 *
 * @param reason a sentence that names the file
 */
public record UnreadableFile(Path file, String reason) {}
