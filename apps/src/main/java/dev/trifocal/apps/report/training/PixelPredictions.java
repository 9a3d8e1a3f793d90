package dev.trifocal.apps.report.training;

import dev.trifocal.metric.ConfusionMatrix;
import j2html.tags.DomContent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A segmentation network's predictions for one split of a data set.
 *
 * @param split the name of the split, such as {@code validation}
 * @param classes the class names, by id
 * @param pixels counts of actual against predicted classes over all images, without void
 * @param ignoreIndex the class id of pixels of no class
 * @param worst a selection of images, those with the lowest mean IoU first
 */
public record PixelPredictions(
    String split,
    List<String> classes,
    ConfusionMatrix pixels,
    OptionalLong ignoreIndex,
    List<SegmentationResult> worst)
    implements ReportedPredictions {
  public PixelPredictions {
    classes = List.copyOf(classes);
    worst = List.copyOf(worst);
  }

  @Override
  public List<DomContent> sections() {
    List<DomContent> sections = new ArrayList<>();
    sections.add(new PixelSection(this).classes());
    sections.add(new ConfusionSection(split, classes, pixels, "pixels").confusions());
    sections.add(new PixelGallery(this).worst());
    return sections;
  }

  @Override
  public Map<String, Supplier<BufferedImage>> drawings() {
    return Map.of();
  }
}
