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
 * The files below a folder, following links. Links to a parent folder are skipped because they only
 * lead to the same images or those of other classes.
 *
 * @param images the files with an image extension, sorted
 * @param ignored the files with other extensions, sorted; hidden files and files that operating
 *     systems leave behind are in neither list
 */
public record ImageFiles(List<Path> images, List<Path> ignored) {
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
          "$recycle.bin",
          "#recycle",
          "lost+found",
          "system volume information");

  /** An order that is the same on every file system. */
  public static final Comparator<Path> ORDER = Comparator.comparing(ImageFiles::spelled);

  /**
   * Lists the files.
   *
   * @throws FileException if a folder cannot be read
   */
  public static ImageFiles below(Path folder) {
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
                boolean image = isImage(file) && !attributes.isOther();
                (image ? images : ignored).add(file);
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
    return new ImageFiles(List.copyOf(images), List.copyOf(ignored));
  }

  /** Returns whether a file is hidden by its name. */
  public static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || LEFTOVERS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isImage(Path file) {
    return hasImageExtension(file.getFileName().toString());
  }

  /** Returns whether the name of a file ends as those of images do. */
  static boolean hasImageExtension(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.contains(".") && ENDINGS.contains(ending);
  }

  private static String spelled(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
