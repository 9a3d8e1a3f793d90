package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.segmentation.SegmentationFolder;
import dev.trifocal.error.DataException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds data sets by name, and folders of arrays or images by path. */
public record DatasetRegistry(List<DatasetSource> sources) {
  /** The largest edit distance for a suggestion. */
  private static final int SLIPS = 3;

  public DatasetRegistry {
    sources = List.copyOf(sources);
  }

  /** Returns the registry of Trifocal's own data sets. */
  public static DatasetRegistry standard() {
    return new DatasetRegistry(
        List.of(
            new DigitsSource(DigitsSource.Sizes.STANDARD),
            new ShapesSource(ShapesSource.Sizes.STANDARD),
            IdxSource.of(IdxCollection.mnist()),
            IdxSource.of(IdxCollection.fashionMnist()),
            new ArraySource(Optional.empty()),
            new FolderSource(Optional.empty())));
  }

  /** Equivalent to {@code find(data).open(options)}. */
  public Splits open(String data, DatasetOptions options) {
    return find(data).open(options);
  }

  /**
   * Finds a data set by name, or by the path of a folder that holds {@code x.npy} and {@code
   * y.npy}, images and masks, or one subfolder of images per class.
   *
   * @throws DataException if there is neither such a data set nor such a folder
   */
  public DatasetSource find(String data) {
    return sources.stream()
        .filter(source -> source.name().equals(data))
        .findFirst()
        .orElseGet(() -> folder(data));
  }

  private DatasetSource folder(String data) {
    Path path = path(data).orElseThrow(() -> unknown(data));
    if (!Files.isDirectory(path)) {
      throw unknown(data);
    }
    boolean arrays = Files.exists(path.resolve("x.npy")) || Files.exists(path.resolve("y.npy"));
    if (arrays) {
      return new ArraySource(Optional.of(path));
    }
    return SegmentationFolder.isIn(path)
        ? new SegmentationSource(path)
        : new FolderSource(Optional.of(path));
  }

  /** Returns whether {@code data} is a folder of images, with or without masks. */
  public boolean isImages(String data) {
    DatasetSource source = find(data);
    return source instanceof FolderSource || source instanceof SegmentationSource;
  }

  private static Optional<Path> path(String data) {
    try {
      return Optional.of(Path.of(data));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private DataException unknown(String data) {
    if (Path.of(data).isAbsolute() && Files.notExists(Path.of(data))) {
      return new DataException(
          "the data folder %s does not exist; if it was moved or renamed, specify its new path"
              .formatted(data));
    }
    String names = sources.stream().map(DatasetSource::name).collect(Collectors.joining(", "));
    return new DataException(
        "'%s' is neither a data set%s nor a folder; data sets are %s, and folders need one subfolder of images per class, images and masks, or x.npy and y.npy"
            .formatted(data, suggestion(data), names));
  }

  private String suggestion(String data) {
    LevenshteinDistance distance = new LevenshteinDistance(SLIPS);
    String wanted = data.toLowerCase(Locale.ROOT);
    return sources.stream()
        .map(DatasetSource::name)
        .filter(name -> distance.apply(name, wanted) >= 0)
        .min(Comparator.comparing(name -> distance.apply(name, wanted)))
        .map(name -> " (did you mean " + name + "?)")
        .orElse("");
  }
}
