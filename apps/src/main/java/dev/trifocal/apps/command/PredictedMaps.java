package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.image.Image;
import dev.trifocal.vision.FullyConvolutionalClassifier;
import dev.trifocal.vision.Prediction;
import dev.trifocal.vision.ScoreMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws the probabilities of classes at the positions of images, one picture per class. */
final class PredictedMaps {
  /**
   * A class in an image.
   *
   * @param highest the class with its highest probability at any position
   * @param picture file with the heat map
   */
  private record Drawn(Path image, ScoreMap map, Prediction highest, Path picture) {
    /** Returns the share of positions at which it is the most likely class. */
    double share() {
      return map.share(highest.id());
    }
  }

  private final FullyConvolutionalClassifier classifier;
  private final Path home;
  private final PictureFiles files;
  private final int top;
  private final Optional<Integer> shorterSide;
  private final List<Drawn> drawn = new ArrayList<>();

  /**
   * @param home the directory that relative paths are resolved against
   * @param top number of classes per image
   * @param shorterSide shorter side of the images that are read; empty for their own size
   */
  PredictedMaps(
      FullyConvolutionalClassifier classifier,
      Path home,
      PictureFiles files,
      int top,
      Optional<Integer> shorterSide) {
    this.classifier = classifier;
    this.home = home;
    this.files = files;
    this.top = top;
    this.shorterSide = shorterSide;
  }

  /** Draws the maps of the classes that are most likely anywhere in an image. */
  void draw(Path file, Image image) {
    ScoreMap map =
        shorterSide
            .map(side -> classifier.predict(image, side))
            .orElseGet(() -> classifier.predict(image));
    List<Prediction> classes = map.classes();
    for (Prediction highest : classes.subList(0, Math.min(top, classes.size()))) {
      Path picture = files.next(file, "map-" + highest.id());
      ContactSheets.write(home.resolve(picture), map.heatMap(highest.id()).over(map.image(), 1));
      drawn.add(new Drawn(file, map, highest, picture));
    }
  }

  boolean isEmpty() {
    return drawn.isEmpty();
  }

  String table() {
    TextTable table = new TextTable().text("image").text("map").text("class");
    table.number("highest probability").number("most likely at").text("heat map");
    Path before = null;
    for (Drawn one : drawn) {
      boolean first = !one.image().equals(before);
      table.row(
          first ? one.image() : "",
          first ? one.map().rows() + "x" + one.map().columns() : "",
          one.highest().name(),
          NumberText.brief(one.highest().probability()),
          "%.0f %%".formatted(100 * one.share()),
          one.picture());
      before = one.image();
    }
    return table.toString();
  }

  /** Returns one map per picture for JSON. */
  List<Map<String, Object>> asList() {
    List<Map<String, Object>> result = new ArrayList<>();
    for (Drawn one : drawn) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("image", one.image().toString());
      entry.put("rows", one.map().rows());
      entry.put("columns", one.map().columns());
      entry.put("class", one.highest().name());
      entry.put("id", one.highest().id());
      entry.put("highest_probability", one.highest().probability());
      entry.put("share", one.share());
      entry.put("heat_map", one.picture().toString());
      result.add(entry);
    }
    return result;
  }
}
