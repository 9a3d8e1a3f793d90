package dev.trifocal.testkit;

import java.util.List;
import java.util.stream.Stream;

/** Every layer in the configurations that its golden values cover. */
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
