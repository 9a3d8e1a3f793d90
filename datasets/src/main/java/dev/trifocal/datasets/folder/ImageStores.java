package dev.trifocal.datasets.folder;

import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Creates stores of processed images, which share the memory for caching. */
public final class ImageStores {
  /** The size of images kept for random crops, as a multiple of the network's input size. */
  private static final int MARGIN = 2;

  private final ImagePreprocessor preprocessor;
  private final Caching caching;
  private final AtomicLong room;

  /** Creates stores for images that are read with these options. */
  public ImageStores(ImageOptions options) {
    this.preprocessor = options.preprocessor();
    this.caching = options.caching();
    this.room = new AtomicLong(caching instanceof Caching.Memory memory ? memory.bytes() : 0);
  }

  /**
   * Returns a store of processed images.
   *
   * @param files the files of the images, by index
   * @param source the processed images
   * @param making a unique description of how {@code source} processes images
   */
  public ImageStore of(List<Path> files, ImageStore source, String making) {
    if (caching instanceof Caching.Disk disk) {
      return new DiskImageStore(source, files, disk.folder(), making);
    }
    return caching instanceof Caching.Memory
        ? new MemoryImageStore(source, files.size(), room)
        : source;
  }

  /** Returns a store that caches in memory, if images are cached at all. */
  public ImageStore ofMemory(List<Path> files, ImageStore source) {
    return caches() ? new MemoryImageStore(source, files.size(), room) : source;
  }

  /**
   * Processes and stores images, as far as they can be cached.
   *
   * @param size the number of images
   * @param chosen which images to store
   */
  public void fill(ImageStore store, int size, IntPredicate chosen) {
    if (caches()) {
      IntStream.range(0, size)
          .parallel()
          .filter(chosen)
          .forEach(store instanceof DiskImageStore disk ? disk::keep : store::at);
    }
  }

  /** Returns whether images are cached at all. */
  public boolean caches() {
    return !(caching instanceof Caching.None);
  }

  /** The height and width of an image. */
  public record Size(int height, int width) {}

  /** Returns the size to which large images shrink, about what random crops need. */
  public Size bounded(int height, int width) {
    int shorter = Math.min(height, width);
    if (shorter <= bound()) {
      return new Size(height, width);
    }
    double scale = (double) bound() / shorter;
    return new Size((int) Math.rint(height * scale), (int) Math.rint(width * scale));
  }

  /** Shrinks a large image to about the size that random crops need. */
  public Image bounded(Image image) {
    Image toned = preprocessor.sample().size(0) == 1 ? image.gray() : image.rgb();
    Size size = bounded(image.height(), image.width());
    return size.height() == image.height() && size.width() == image.width()
        ? toned
        : toned.resize(size.height(), size.width());
  }

  /** Returns the largest shorter side of {@link #bounded(Image)}, in pixels. */
  public int bound() {
    return MARGIN * Math.max(preprocessor.sample().size(1), preprocessor.sample().size(2));
  }
}
