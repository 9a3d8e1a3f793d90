package dev.trifocal.datasets.segmentation;

import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classes of masks, and the numbers or colours that stand for them.
 *
 * @param names the class names in the order of their ids
 * @param numbers the class ids by the numbers in masks; {@link MaskSource#VOID} for void. Empty if
 *     masks hold colours.
 * @param colours the class ids by the colours in masks, 0xRRGGBB; {@link MaskSource#VOID} for void
 * @param origin where the classes are listed, for messages
 */
record MaskClasses(
    List<String> names,
    Map<Integer, Integer> numbers,
    Map<Integer, Integer> colours,
    String origin) {
  /** The largest number of classes, as ids are bytes and one of them means void. */
  static final int MOST = MaskSource.VOID;

  MaskClasses {
    names = List.copyOf(names);
    numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
    colours = Collections.unmodifiableMap(new TreeMap<>(colours));
  }

  /** Returns classes whose ids are the numbers in the masks; 255 is void. */
  static MaskClasses numbered(List<String> names, String origin) {
    Map<Integer, Integer> ids = new TreeMap<>();
    IntStream.range(0, names.size()).forEach(id -> ids.put(id, id));
    ids.put(MaskSource.VOID, MaskSource.VOID);
    return new MaskClasses(names, ids, Map.of(), origin);
  }

  /** Returns the class id of a sample of a mask; empty if it has none. */
  Optional<Integer> id(MaskSamples mask, int sample) {
    return Optional.ofNullable(
        isRead(mask) ? numbers.get(sample) : colours.get(mask.colour(sample)));
  }

  /** Returns whether the samples of a mask are class numbers, and not colours. */
  private boolean isRead(MaskSamples mask) {
    return mask.kind() == MaskSamples.Kind.NUMBERS && !numbers.isEmpty();
  }

  /**
   * Returns the class ids of a mask as bytes.
   *
   * @throws DataException if a number or colour has no class
   */
  byte[] decode(Path file, StoredMask mask) {
    Map<Integer, Long> counts = mask.counts();
    problem(file, mask.kinds(), counts)
        .ifPresent(
            problem -> {
              throw new DataException(problem);
            });
    Map<Integer, Integer> known =
        counts.keySet().stream()
            .collect(
                Collectors.toMap(
                    sample -> sample, sample -> id(mask.kinds(), sample).orElseThrow()));
    byte[] result = new byte[mask.samples().length];
    for (int i = 0; i < result.length; i++) {
      result[i] = known.get(mask.samples()[i]).byteValue();
    }
    return result;
  }

  /**
   * Returns a message if numbers or colours of a mask have no class.
   *
   * @param counts the pixels of each sample
   */
  Optional<String> problem(Path file, MaskSamples mask, Map<Integer, Long> counts) {
    if (mask.kind() == MaskSamples.Kind.COLOURS && colours.isEmpty()) {
      return Optional.of(
          "%s holds colours, but %s numbers its classes; save masks with class numbers, or list the colours in classes.csv (name,r,g,b)"
              .formatted(file, origin));
    }
    List<Map.Entry<Integer, Long>> unknown =
        counts.entrySet().stream()
            .filter(entry -> id(mask, entry.getKey()).isEmpty())
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    int sample = unknown.get(0).getKey();
    return Optional.of(
        "%s: %,d pixels have the %s, which is no class of %s%s"
            .formatted(
                file,
                unknown.get(0).getValue(),
                isRead(mask) ? "value " + sample : "colour " + rgb(mask.colour(sample)),
                origin,
                unknown.size() > 1
                    ? "; and so have %d more values".formatted(unknown.size() - 1)
                    : ""));
  }

  /** Returns the colours in which people expect to see the classes, if they are listed. */
  Optional<List<Integer>> shown() {
    Map<Integer, Integer> byId = new TreeMap<>();
    colours.forEach((colour, id) -> byId.putIfAbsent(id, colour));
    return byId.keySet().containsAll(IntStream.range(0, names.size()).boxed().toList())
        ? Optional.of(IntStream.range(0, names.size()).mapToObj(byId::get).toList())
        : Optional.empty();
  }

  /** Returns red, green and blue, from 0 to 255, separated by commas. */
  static String rgb(int colour) {
    return "%d,%d,%d".formatted(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF);
  }
}
