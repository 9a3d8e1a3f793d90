package dev.trifocal.datasets;

import dev.trifocal.data.Splits;
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

/** Data sets by name, in the order of a table; folders of arrays and of pictures by path. */
public record DatasetRegistry(List<DatasetSource> sources) {
  /** More wrong letters than this are another word, not a slip. */
  private static final int SLIPS = 3;

  public DatasetRegistry {
    sources = List.copyOf(sources);
  }

  /** What Trifocal brings along. */
  public static DatasetRegistry standard() {
    return new DatasetRegistry(
        List.of(
            new DigitsSource(DigitsSource.Sizes.STANDARD),
            IdxSource.of(IdxCollection.mnist()),
            IdxSource.of(IdxCollection.fashionMnist()),
            new ArraySource(Optional.empty()),
            new FolderSource(Optional.empty())));
  }

  /** As {@code find(data).open(options)}. */
  public Splits open(String data, DatasetOptions options) {
    return find(data).open(options);
  }

  /**
   * A data set by its name, else by the path of a folder: with {@code x.npy} and {@code y.npy}, or
   * with a folder of pictures for each class.
   *
   * @throws DataException if it is neither
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
    return arrays ? new ArraySource(Optional.of(path)) : new FolderSource(Optional.of(path));
  }

  /** Whether {@code data} stands for a folder of pictures. */
  public boolean isImages(String data) {
    return find(data) instanceof FolderSource;
  }

  private static Optional<Path> path(String data) {
    try {
      return Optional.of(Path.of(data));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private DataException unknown(String data) {
    String names = sources.stream().map(DatasetSource::name).collect(Collectors.joining(", "));
    return new DataException(
        "'%s' is neither a data set%s nor a folder; data sets are %s, and a folder needs a folder of pictures for each class, or x.npy and y.npy"
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
