package dev.trifocal.apps.report.training;

import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;

/**
 * Pictures made of what the network reads: from 0 for black to 1 for white, or, where values leave
 * that range, from the sample's smallest to its largest.
 */
record TensorSampleDisplay(Dataset data) implements SampleDisplay {
  private static final int WHITE = 255;

  @Override
  public String name(int index) {
    return "#" + index;
  }

  @Override
  public Image image(int index) {
    Shape shape = data.sampleShape();
    if (shape.rank() != 3) {
      throw new DataException(
          "%s holds no pictures, but samples of %s".formatted(data.name(), shape));
    }
    float[] values = data.batch(new int[] {index}).input().toFloats();
    float low = 0;
    float high = 1;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    int pixels = shape.size(1) * shape.size(2);
    int channels = shape.size(0);
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      float share = (values[i] - low) / (high - low);
      bytes[i % pixels * channels + i / pixels] = (byte) Math.round(WHITE * share);
    }
    return Image.of(shape.size(1), shape.size(2), channels, bytes);
  }
}
