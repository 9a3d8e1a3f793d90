package dev.trifocal.apps.report.training;

import dev.trifocal.metric.ConfusionMatrix;
import j2html.tags.DomContent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A model's predictions for one split of a data set.
 *
 * @param split the name of the split, such as {@code validation}
 * @param classes the class names, by id
 * @param confusion the confusion matrix over all predicted samples
 * @param wrong a selection of wrong predictions, the most confident first
 * @param right a selection of correct predictions
 */
public record Predictions(
    String split,
    List<String> classes,
    ConfusionMatrix confusion,
    List<PredictedImage> wrong,
    List<PredictedImage> right)
    implements ReportedPredictions {
  /** The number of images shown of each kind. */
  static final int SHOWN = 24;

  public Predictions {
    classes = List.copyOf(classes);
    wrong = List.copyOf(wrong);
    right = List.copyOf(right);
  }

  @Override
  public List<DomContent> sections() {
    List<DomContent> sections =
        new ArrayList<>(new ConfusionSection(split, classes, confusion, "samples").parts());
    sections.addAll(PredictionGallery.parts(this));
    return sections;
  }

  @Override
  public Map<String, Supplier<BufferedImage>> drawings() {
    Map<String, Supplier<BufferedImage>> drawings = new LinkedHashMap<>();
    drawings.put("confusion.png", new ConfusionPlot(this)::image);
    drawings.put("predictions.png", new PredictionPlot(this)::image);
    return drawings;
  }

  /** Selects {@link #SHOWN} elements, evenly spaced because the data may be sorted by class. */
  static <T> List<T> spread(List<T> all) {
    int count = Math.min(SHOWN, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
