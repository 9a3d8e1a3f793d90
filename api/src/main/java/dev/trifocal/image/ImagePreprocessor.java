package dev.trifocal.image;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * Converts images of any size to input tensors of a network.
 *
 * @param sample input shape, {@code [C, H, W]} with 1 or 3 channels
 */
public record ImagePreprocessor(Preprocessing preprocessing, Shape sample) {
  private static final int RGB = 3;

  /**
   * @throws DataException if the input is not an image, or is larger than the resized shorter side
   *     it is cropped from
   */
  public ImagePreprocessor {
    if (sample.rank() != 3 || sample.size(0) != 1 && sample.size(0) != RGB) {
      throw new DataException(
          "images have 1 or 3 channels, but the model takes %s; run it on tensors instead"
              .formatted(sample));
    }
    int side = preprocessing.shorterSide();
    if (side != 0 && (side < sample.size(1) || side < sample.size(2))) {
      throw new DataException(
          "images are resized to a shorter side of %d pixels, but the model takes %dx%d; run it on tensors instead"
              .formatted(side, sample.size(1), sample.size(2)));
    }
  }

  /**
   * Returns the image in the size and colours of the network's input: stretched, or resized with
   * its aspect ratio kept and then center-cropped, like torchvision.
   */
  public Image fit(Image image) {
    Image toned = sample.size(0) == 1 ? image.gray() : image.rgb();
    Resized resized = resized(image.height(), image.width());
    return toned.resize(resized.height(), resized.width(), resized.part());
  }

  /**
   * Returns the mask of an image in the size of the network's input, with the pixels that {@link
   * #fit} takes from the image. Class ids are those of the nearest pixels.
   *
   * @param mask class ids as a gray image, in the size of its image
   */
  public Image fitMask(Image mask) {
    Resized resized = resized(mask.height(), mask.width());
    return mask.resizeNearest(resized.height(), resized.width(), resized.part());
  }

  /** The size to which an image is resized, and the part of it that the network gets. */
  private record Resized(int height, int width, CropBox part) {}

  private Resized resized(int imageHeight, int imageWidth) {
    int height = sample.size(1);
    int width = sample.size(2);
    int side = preprocessing.shorterSide();
    if (side == 0) {
      return new Resized(height, width, new CropBox(0, 0, height, width));
    }
    int shorter = Math.min(imageHeight, imageWidth);
    int scaledHeight = (int) ((long) side * imageHeight / shorter);
    int scaledWidth = (int) ((long) side * imageWidth / shorter);
    return new Resized(
        scaledHeight, scaledWidth, CropBox.middle(scaledHeight, scaledWidth, height, width));
  }

  /**
   * Writes the normalised values, {@code [C, H, W]}, to a buffer.
   *
   * @param fitted image in the size of the input, as returned by {@link #fit}
   */
  public void put(Image fitted, FloatBuffer target) {
    int channels = sample.size(0);
    byte[] values = fitted.toBytes();
    float[] plane = new float[values.length / channels];
    for (int channel = 0; channel < channels; channel++) {
      boolean reversed = preprocessing.order() == Preprocessing.Order.BGR && channels == RGB;
      float[] levels = levels(channel);
      int from = reversed ? channels - 1 - channel : channel;
      for (int i = 0; i < plane.length; i++) {
        plane[i] = levels[values[from + i * channels] & 0xFF];
      }
      target.put(plane);
    }
  }

  /** Returns a float32 tensor {@code [1, C, H, W]} for an image of any size. */
  public Tensor tensor(Image image) {
    Image fitted = fit(image);
    return Tensor.floats(sample.batch(1), target -> put(fitted, target));
  }

  /** Returns the normalised value of each byte. */
  private float[] levels(int channel) {
    float[] result = new float[256];
    for (int value = 0; value < result.length; value++) {
      double scaled = value / preprocessing.scale();
      result[value] = (float) ((scaled - preprocessing.mean(channel)) / preprocessing.std(channel));
    }
    return result;
  }
}
