package dev.trifocal.testkit;

import java.util.List;
import java.util.stream.Stream;

/** All layers in the configurations covered by golden values. */
public final class LayerCases {
  private LayerCases() {}

  public static List<LayerCase> all() {
    return Stream.of(
            ConvCases.all(),
            ConvTransposeCases.all(),
            PoolCases.all(),
            ImageCases.all(),
            ActivationCases.all(),
            NormCases.all(),
            AxisCases.all(),
            CombinationCases.all(),
            BroadcastCases.all(),
            ArithmeticCases.all(),
            BatchCases.all(),
            BlockCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
