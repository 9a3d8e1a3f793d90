package dev.trifocal.vision;

import dev.trifocal.image.Image;
import java.util.List;

/**
 * The class of each pixel of an image.
 *
 * @param mask class ids as a gray image, of the size of the image
 * @param classes class names in the order of their ids; may be empty
 */
public record Segmentation(Image mask, List<String> classes) {
  public Segmentation {
    classes = List.copyOf(classes);
  }

  /** Returns the name of a class; its id if it has none. */
  public String name(int id) {
    return id < classes.size() ? classes.get(id) : String.valueOf(id);
  }

  /** Returns the share of a class in the pixels, from 0 to 1. */
  public double share(int id) {
    byte[] ids = mask.toBytes();
    int count = 0;
    for (byte one : ids) {
      count += (one & 0xFF) == id ? 1 : 0;
    }
    return (double) count / ids.length;
  }
}
