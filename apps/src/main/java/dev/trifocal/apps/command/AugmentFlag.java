package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option for random image augmentation. */
@OptionSection("Images of a folder")
public final class AugmentFlag {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--augment",
      paramLabel = "LIST",
      description =
          "Comma-separated random augmentations of the training images of a folder, of mnist or of"
              + " fashion-mnist: crop (a random part; crop=0.08 sets its minimum area as a fraction), flip, rotate=15 (degrees),"
              + " translate=0.1, scale=0.25 (by 0.8 to 1.25), elastic=0.02 (deviation of displacements), jitter=0.2 (or 0.2/0.2/0.2/0.1, for brightness, contrast, saturation"
              + " and hue), cutout=0.25, mixup=0.2 (folders only). Default: none.")
  private void augment(String value) {
    values.put("augment", value);
  }

  Map<String, String> values() {
    return values;
  }
}
