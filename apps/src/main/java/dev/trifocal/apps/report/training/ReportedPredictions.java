package dev.trifocal.apps.report.training;

import j2html.tags.DomContent;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A model's predictions for one split of a data set, as a report shows them. */
public sealed interface ReportedPredictions
    permits Predictions, MultiLabelPredictions, PixelPredictions {
  /** Returns the sections of the page. */
  List<DomContent> sections();

  /** Returns the drawings beside the page by file name. */
  Map<String, Supplier<BufferedImage>> drawings();
}
