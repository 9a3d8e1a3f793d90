package dev.trifocal.apps.report.training;

import java.util.List;

/** Explains the samples of a data set; called only for the samples that are shown. */
@FunctionalInterface
public interface SampleExplainer {
  /** Explains nothing. */
  SampleExplainer NONE = (index, labels) -> List.of();

  /**
   * Returns a map for each class.
   *
   * @param labels class ids
   */
  List<ClassMap> maps(int index, List<Integer> labels);
}
