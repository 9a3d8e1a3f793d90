package dev.trifocal.apps.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.datasets.segmentation.ClassColours;
import dev.trifocal.datasets.segmentation.MaskOverlay;
import dev.trifocal.datasets.segmentation.MaskPng;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.image.Image;
import dev.trifocal.vision.ImageSegmenter;
import dev.trifocal.vision.Segmentation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Predicts the classes of the pixels of images, and writes them as masks and overlays. */
final class PredictedMasks {
  private static final int CLASSES = 256;

  /**
   * A folder of masks.
   *
   * @param home the directory that relative paths are resolved against
   */
  record Folder(Path home, Path folder, PictureFiles files) {}

  /** A class of an image, and its share of the pixels. */
  private record ClassShare(String name, int id, double share) {}

  /** An image, its classes by their shares, and the file of its mask, if one was written. */
  private record Predicted(Path image, List<ClassShare> classes, Optional<Path> mask) {}

  private final ImageSegmenter segmenter;
  private final Optional<Folder> folder;
  private final int top;
  private final List<Predicted> predicted = new ArrayList<>();

  /**
   * @param folder where masks are written; if empty, they are not
   * @param top number of classes per image
   */
  PredictedMasks(ImageSegmenter segmenter, Optional<Folder> folder, int top) {
    this.segmenter = segmenter;
    this.folder = folder;
    this.top = top;
  }

  void add(Path file, Image image) {
    Segmentation found = segmenter.predict(image);
    List<ClassShare> classes =
        IntStream.range(0, CLASSES)
            .mapToObj(id -> new ClassShare(found.name(id), id, found.share(id)))
            .filter(one -> one.share() > 0)
            .sorted(Comparator.comparingDouble(ClassShare::share).reversed())
            .toList();
    predicted.add(
        new Predicted(
            file,
            classes.subList(0, Math.min(top, classes.size())),
            folder.map(place -> write(place, file, image, found))));
  }

  boolean isEmpty() {
    return predicted.isEmpty();
  }

  private static Path write(Folder place, Path file, Image image, Segmentation found) {
    List<Integer> colours = ClassColours.of(CLASSES - 1);
    Path mask = place.files().next(file, "mask");
    ByteBuffer png = ByteBuffer.wrap(MaskPng.encode(found.mask(), colours));
    AtomicFile.write(place.home().resolve(mask), channel -> AtomicFile.writeFully(channel, png));
    Path overlay = place.files().next(file, "overlay");
    ContactSheets.write(
        place.home().resolve(overlay), MaskOverlay.of(colours).of(image, found.mask()));
    return mask;
  }

  /** Writes the names of the classes, as data sets of masks have them. */
  void writeClasses() {
    folder
        .filter(place -> !segmenter.classes().isEmpty())
        .ifPresent(
            place ->
                AtomicFile.write(
                    place.home().resolve(place.folder()).resolve("classes.csv"), classes()));
  }

  private String classes() {
    List<String> names = segmenter.classes();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int id = 0; id < names.size(); id++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("value", id);
      row.put("name", names.get(id));
      rows.add(row);
    }
    CsvSchema columns =
        CsvSchema.builder().addColumn("value").addColumn("name").build().withHeader();
    try {
      return new CsvMapper().writer(columns).writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  String table() {
    TextTable table = new TextTable().text("image").text("class").number("share");
    if (folder.isPresent()) {
      table.text("mask");
    }
    for (Predicted one : predicted) {
      boolean first = true;
      for (ClassShare share : one.classes()) {
        List<Object> cells = new ArrayList<>();
        cells.add(first ? one.image() : "");
        cells.add(share.name());
        cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * share.share()));
        if (folder.isPresent()) {
          cells.add(first ? one.mask().orElseThrow() : "");
        }
        table.row(cells.toArray());
        first = false;
      }
    }
    return table.toString();
  }

  /** Returns one map per image for JSON. */
  List<Map<String, Object>> asList() {
    List<Map<String, Object>> result = new ArrayList<>();
    for (Predicted one : predicted) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("image", one.image().toString());
      entry.put("classes", one.classes().stream().map(PredictedMasks::described).toList());
      one.mask().ifPresent(mask -> entry.put("mask", mask.toString()));
      result.add(entry);
    }
    return result;
  }

  private static Map<String, Object> described(ClassShare share) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("class", share.name());
    result.put("id", share.id());
    result.put("share", share.share());
    return result;
  }
}
