package dev.trifocal.apps.report.training;

import dev.trifocal.metric.MultiLabelScores;
import j2html.tags.DomContent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A multi-label model's predictions for one split of a data set.
 *
 * @param split the name of the split, such as {@code validation}
 * @param classes the class names, by id
 * @param scores the scores over all predicted samples
 * @param wrong a selection of samples with wrong or missing labels, the worst first
 * @param right a selection of samples with all labels right
 */
public record MultiLabelPredictions(
    String split,
    List<String> classes,
    MultiLabelScores scores,
    List<MultiLabelImage> wrong,
    List<MultiLabelImage> right)
    implements ReportedPredictions {
  public MultiLabelPredictions {
    classes = List.copyOf(classes);
    wrong = List.copyOf(wrong);
    right = List.copyOf(right);
  }

  @Override
  public List<DomContent> sections() {
    List<DomContent> sections = new ArrayList<>();
    sections.add(new MultiLabelSection(this).scores());
    sections.addAll(new MultiLabelGallery(this).sections());
    return sections;
  }

  @Override
  public Map<String, Supplier<BufferedImage>> drawings() {
    return Map.of();
  }
}
