package dev.trifocal.datasets.segmentation;

import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the classes of masks that no file lists: the numbers 0, 1, 2, ... in them. */
record MaskNumbering(Path folder, boolean isVoc) {
  private static final int SHOWN = 8;

  /** The classes of Pascal VOC in the order of their ids. */
  private static final List<String> VOC =
      List.of(
          "background",
          "aeroplane",
          "bicycle",
          "bird",
          "boat",
          "bottle",
          "bus",
          "car",
          "cat",
          "chair",
          "cow",
          "diningtable",
          "dog",
          "horse",
          "motorbike",
          "person",
          "pottedplant",
          "sheep",
          "sofa",
          "train",
          "tvmonitor");

  /**
   * Returns the classes.
   *
   * @throws DataException if masks hold colours, or numbers that cannot be class ids
   */
  MaskClasses of(List<PairFacts> all) {
    all.stream()
        .filter(facts -> facts.kinds().kind() == MaskSamples.Kind.COLOURS)
        .findFirst()
        .ifPresent(this::refuseColours);
    Set<Integer> values = new TreeSet<>();
    all.forEach(facts -> values.addAll(facts.counts().keySet()));
    boolean hasVoid = values.remove(MaskSource.VOID);
    int most = values.stream().mapToInt(value -> value).max().orElse(0);
    if (isVoc && most < VOC.size()) {
      return MaskClasses.numbered(VOC, "Pascal VOC");
    }
    if (most == 0) {
      throw new DataException(
          hasVoid
              ? "the masks of %s hold only 0 and 255, and 255 means void; if it is a class, list both in %s: value,name"
                  .formatted(folder, table())
              : "the masks of %s hold only the class 0; training needs at least two"
                  .formatted(folder));
    }
    if (most >= 2 * values.size() || most >= MaskClasses.MOST) {
      throw new DataException(
          "the masks of %s hold the values %s, which are not class numbers 0, 1, 2, ...; list them in %s: value,name"
              .formatted(folder, listed(values), table()));
    }
    return MaskClasses.numbered(
        IntStream.rangeClosed(0, most).mapToObj(String::valueOf).toList(),
        "the class numbers 0 to " + most);
  }

  private void refuseColours(PairFacts facts) {
    List<Integer> colours = List.copyOf(facts.counts().keySet());
    throw new DataException(
        "%s holds colours, such as %s; list the classes of the colours in %s: name,r,g,b"
            .formatted(
                facts.files().mask(),
                colours.stream()
                    .limit(3)
                    .map(MaskClasses::rgb)
                    .collect(Collectors.joining(" and ")),
                table()));
  }

  private Path table() {
    return folder.resolve(MaskClassTable.NAMES.get(0));
  }

  private static String listed(Set<Integer> values) {
    return values.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "))
        + (values.size() > SHOWN ? ", ..." : "");
  }
}
