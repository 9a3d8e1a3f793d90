package dev.trifocal.apps.report.training;

import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;

/**
 * Renders the network's input as images: from 0 (black) to 1 (white) or, for values outside that
 * range, from the sample's smallest value to its largest.
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
          "%s does not hold images, but samples of %s".formatted(data.name(), shape));
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
