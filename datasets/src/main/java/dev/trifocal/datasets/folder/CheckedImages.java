package dev.trifocal.datasets.folder;

import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.image.Image;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Images decoded during the check for readability, kept for their first use. Each is handed out
 * once; images beyond the memory limit are decoded again.
 */
public final class CheckedImages {
  private static final long MOST_BYTES = Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 8);

  private final Map<Path, Image> images = new ConcurrentHashMap<>();
  private final AtomicLong room = new AtomicLong(MOST_BYTES);

  /**
   * Decodes a file, and keeps the image.
   *
   * @throws dev.trifocal.error.FileException if the file cannot be read as an image
   */
  public Image at(Path file) {
    Image image = ImageFile.read(file);
    if (room.addAndGet(-bytes(image)) >= 0) {
      images.put(file, image);
    } else {
      room.addAndGet(bytes(image));
    }
    return image;
  }

  /** Returns whether the image is kept. */
  public boolean has(Path file) {
    return images.containsKey(file);
  }

  /**
   * Returns the image, decoding it again if it was handed out before or was not kept.
   *
   * @throws dev.trifocal.error.FileException if the file can no longer be read
   */
  public Image take(Path file) {
    return Optional.ofNullable(images.remove(file)).orElseGet(() -> ImageFile.read(file));
  }

  /** Releases all images. */
  public void forget() {
    images.clear();
    room.set(MOST_BYTES);
  }

  private static long bytes(Image image) {
    return (long) image.height() * image.width() * image.channels();
  }
}
