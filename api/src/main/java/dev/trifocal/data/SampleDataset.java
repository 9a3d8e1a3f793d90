package dev.trifocal.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A data set that produces one sample at a time.
 *
 * @param samples function from index to sample; must be thread-safe
 */
record SampleDataset(int size, IntFunction<Sample> samples) implements Dataset {
  @Override
  public String name() {
    return "data";
  }

  @Override
  public Batch batch(int[] indices) {
    List<Sample> chosen = Arrays.stream(indices).mapToObj(samples).toList();
    return Sample.stack(chosen);
  }
}
