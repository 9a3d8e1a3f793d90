package dev.trifocal.apps.command;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names the pictures made of images, so that none overwrites another one or an image. */
final class PictureFiles {
  private final Path home;
  private final Path folder;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param home the directory that relative paths are resolved against
   * @param folder folder of the pictures
   * @param images images that pictures are made of
   */
  PictureFiles(Path home, Path folder, Collection<Path> images) {
    this.home = home;
    this.folder = folder;
    images.forEach(image -> taken.add(key(image)));
  }

  /** Returns a new file for a picture of an image: IMAGE-SUFFIX.png. */
  Path next(Path image, String suffix) {
    String name = image.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = (dot > 0 ? name.substring(0, dot) : name) + "-" + suffix;
    Path file = folder.resolve(stem + ".png");
    for (int number = 2; !taken.add(key(file)); number++) {
      file = folder.resolve("%s (%d).png".formatted(stem, number));
    }
    return file;
  }

  /** Names that differ in case only are one file on some systems. */
  private String key(Path file) {
    return home.resolve(file).normalize().toString().toLowerCase(Locale.ROOT);
  }
}
