package dev.trifocal.datasets.folder;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What lies below a folder, links followed. A link back to a folder above is passed over: there are
 * no new pictures behind it, but those of other classes.
 *
 * @param images files with the ending of a picture, sorted
 * @param ignored files with other endings, sorted; those that are hidden, or that systems leave
 *     behind, are in neither list
 */
record ImageFileWalk(List<Path> images, List<Path> ignored) {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "tif", "tiff", "webp");

  /** What systems and file servers leave in folders, lower case. */
  private static final Set<String> LEFTOVERS =
      Set.of(
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "icon\r",
          "@eadir",
          "__macosx",
          "$recycle.bin");

  /** The same on every file system. */
  static final Comparator<Path> ORDER = Comparator.comparing(ImageFileWalk::spelled);

  /**
   * @throws FileException if a folder cannot be read
   */
  static ImageFileWalk below(Path folder) {
    List<Path> images = new ArrayList<>();
    List<Path> ignored = new ArrayList<>();
    try {
      Path home = folder.toRealPath();
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes)
                throws IOException {
              boolean known = place.equals(folder);
              boolean above = !known && home.startsWith(place.toRealPath());
              return above || !known && isHidden(place)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!isHidden(file)) {
                (isImage(file) ? images : ignored).add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path place, IOException failure)
                throws IOException {
              if (failure instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
              }
              throw FileFailure.reading(place, failure);
            }
          });
    } catch (IOException e) {
      throw FileFailure.reading(folder, e);
    }
    images.sort(ORDER);
    ignored.sort(ORDER);
    return new ImageFileWalk(List.copyOf(images), List.copyOf(ignored));
  }

  /** Whether a name is one that systems and people do not want to see. */
  static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || LEFTOVERS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.contains(".") && ENDINGS.contains(ending);
  }

  private static String spelled(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
