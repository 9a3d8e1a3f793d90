package dev.trifocal.apps.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trifocal.error.FileException;
import dev.trifocal.picture.Preprocessing;
import java.util.List;
import java.util.Locale;

/** A {@link Preprocessing} as JSON. */
record PreparedPictures(
    @JsonProperty("shorter_side") int shorterSide,
    @JsonProperty("order") String order,
    @JsonProperty("scale") double scale,
    @JsonProperty("mean") List<Double> mean,
    @JsonProperty("deviation") List<Double> deviation) {

  static PreparedPictures of(Preprocessing preprocessing) {
    return new PreparedPictures(
        preprocessing.shorterSide(),
        preprocessing.order().name().toLowerCase(Locale.ROOT),
        preprocessing.scale(),
        preprocessing.mean(),
        preprocessing.deviation());
  }

  /**
   * @param file for messages
   * @throws FileException if the numbers cannot be a preprocessing
   */
  Preprocessing preprocessing(String file) {
    boolean ordered = "rgb".equals(order) || "bgr".equals(order);
    if (!ordered || shorterSide < 0 || scale == 0 || !isPerChannel(mean) || !isDivisor()) {
      throw new FileException(file + ": its metadata property 'preprocessing' is wrong: " + this);
    }
    return new Preprocessing(
        shorterSide,
        Preprocessing.Order.valueOf(order.toUpperCase(Locale.ROOT)),
        scale,
        mean,
        deviation);
  }

  private boolean isDivisor() {
    return isPerChannel(deviation) && deviation.stream().allMatch(d -> d != 0);
  }

  private static boolean isPerChannel(List<Double> values) {
    return values != null && !values.isEmpty() && !values.contains(null);
  }
}
