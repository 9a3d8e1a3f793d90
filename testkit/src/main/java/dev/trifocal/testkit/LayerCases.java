package dev.trifocal.testkit;

import java.util.List;
import java.util.stream.Stream;

/** Every layer in the configurations that its golden values cover. */
public interface LayerCases {
  static List<LayerCase> all() {
    return Stream.of(
            ConvCases.all(),
            PoolCases.all(),
            ActivationCases.all(),
            CombinationCases.all(),
            BlockCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
