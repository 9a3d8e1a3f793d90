package dev.trifocal.apps.model;

import dev.trifocal.onnx.importer.NotImported;

/** Why a file cannot become a graph, in words. */
interface Obstacles {
  /** Every one. */
  static String all(String file, NotImported reasons) {
    return "%s: cannot become a graph: %s".formatted(file, String.join("; ", reasons.obstacles()));
  }

  /** The first, and how many there are besides. */
  static String brief(String file, NotImported reasons) {
    int more = reasons.obstacles().size() - 1;
    return "%s cannot become a graph (%s%s)"
        .formatted(
            file, reasons.obstacles().get(0), more == 0 ? "" : "; and %,d more".formatted(more));
  }
}
