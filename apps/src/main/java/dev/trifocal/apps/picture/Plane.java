package dev.trifocal.apps.picture;

/**
 * One channel of a picture.
 *
 * @param values row by row, from 0 for dark to 1 for light
 */
public record Plane(int height, int width, float[] values) {
  float at(int y, int x) {
    return values[y * width + x];
  }

  /**
   * Bilinear, with the filter widened where the picture shrinks, so that no detail is skipped:
   * {@code torch.nn.functional.interpolate} with {@code antialias}, torchvision's usual resize.
   */
  Plane resize(int newHeight, int newWidth) {
    Triangle columns = Triangle.of(width, newWidth);
    float[] narrow = new float[height * newWidth];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < newWidth; x++) {
        int row = y;
        narrow[y * newWidth + x] = columns.sum(x, from -> at(row, from));
      }
    }
    Triangle rows = Triangle.of(height, newHeight);
    float[] result = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int column = x;
        result[y * newWidth + x] = rows.sum(y, from -> narrow[from * newWidth + column]);
      }
    }
    return new Plane(newHeight, newWidth, result);
  }

  /** The middle part; where it cannot be in the middle, nearer to the even side, as PyTorch's. */
  Plane middle(int newHeight, int newWidth) {
    int top = (int) Math.rint((height - newHeight) / 2.0);
    int left = (int) Math.rint((width - newWidth) / 2.0);
    float[] result = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      System.arraycopy(values, (top + y) * width + left, result, y * newWidth, newWidth);
    }
    return new Plane(newHeight, newWidth, result);
  }

  Plane invert() {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = 1 - values[i];
    }
    return new Plane(height, width, result);
  }
}
