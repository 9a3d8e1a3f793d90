package dev.trifocal.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.image.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deterministic parts against torchvision, by digests of all bytes. */
class TorchvisionTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 14;

  static List<String> cases() throws IOException {
    try (InputStream stream = TorchvisionTest.class.getResourceAsStream("torchvision.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_byte_is_torchvisions(String line) throws GeneralSecurityException {
    String[] words = line.split(" ");

    Image changed = changed(words[0], words[1]);

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(changed.toBytes());
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(words[2]);
  }

  private static Image changed(String what, String amount) {
    Image image = image();
    return switch (what) {
      case "brightness" -> Colors.brightness(image, Double.parseDouble(amount));
      case "contrast" -> Colors.contrast(image, Double.parseDouble(amount));
      case "saturation" -> Colors.saturation(image, Double.parseDouble(amount));
      case "hue" -> Colors.hue(image, Double.parseDouble(amount));
      case "rotate" -> AffineMap.rotation(Double.parseDouble(amount), HEIGHT, WIDTH).apply(image);
      case "translate" -> {
        String[] steps = amount.split("/");
        yield AffineMap.translation(Integer.parseInt(steps[0]), Integer.parseInt(steps[1]))
            .apply(image);
      }
      case "flip" -> image.flip();
      default -> throw new IllegalArgumentException(what);
    };
  }

  static Image image() {
    byte[] values = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (37 * i + i * i / 7);
    }
    return Image.of(HEIGHT, WIDTH, 3, values);
  }
}
