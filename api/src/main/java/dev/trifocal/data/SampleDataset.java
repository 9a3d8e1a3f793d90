package dev.trifocal.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A data set that is read sample by sample.
 *
 * @param samples by index; safe to be asked from several threads
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
