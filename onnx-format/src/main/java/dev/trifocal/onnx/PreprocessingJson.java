package dev.trifocal.onnx;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.Preprocessing;
import java.util.List;
import java.util.Locale;

/** The JSON form of a {@link Preprocessing}. */
record PreprocessingJson(
    @JsonProperty("shorter_side") int shorterSide,
    @JsonProperty("order") String order,
    @JsonProperty("scale") double scale,
    @JsonProperty("mean") List<Double> mean,
    @JsonProperty("deviation") List<Double> deviation) {

  static PreprocessingJson of(Preprocessing preprocessing) {
    return new PreprocessingJson(
        preprocessing.shorterSide(),
        preprocessing.order().name().toLowerCase(Locale.ROOT),
        preprocessing.scale(),
        preprocessing.mean(),
        preprocessing.std());
  }

  /**
   * Converts to a preprocessing.
   *
   * @param wrong prefix of error messages
   * @throws FileException if the values do not form a valid preprocessing
   */
  Preprocessing preprocessing(String wrong) {
    if (!"rgb".equals(order) && !"bgr".equals(order)
        || !isComplete(mean)
        || !isComplete(deviation)) {
      throw new FileException(wrong + this);
    }
    try {
      return new Preprocessing(
          shorterSide,
          Preprocessing.Order.valueOf(order.toUpperCase(Locale.ROOT)),
          scale,
          mean,
          deviation);
    } catch (DataException e) {
      throw new FileException(wrong + e.getMessage(), e);
    }
  }

  private static boolean isComplete(List<Double> values) {
    return values != null && !values.contains(null);
  }
}
