package dev.trifocal.apps.mutation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Makes a damaged file of a whole one. */
@FunctionalInterface
interface FileDamage {
  byte[] done(byte[] file, RandomChoices dice);

  /**
   * Damages bytes one to three times.
   *
   * @param header how many bytes at the start are struck as often as all others together
   */
  static FileDamage bytes(int header) {
    return (file, dice) -> {
      byte[] result = file;
      for (int i = dice.below(3); i >= 0 && result.length > 0; i--) {
        int length = result.length;
        result =
            dice.of(List.of(ByteMutation.values()))
                .of(
                    result,
                    d -> d.below(d.below(2) == 0 ? length : Math.min(header, length)),
                    dice);
      }
      return result;
    };
  }

  /** Damages bytes, or changes a JSON text one to three times. */
  static FileDamage json() {
    return bytes(Integer.MAX_VALUE).or(FileDamage::changedJson);
  }

  /** Damages bytes, or changes the header, whose length stays true. */
  static FileDamage safetensors() {
    FileDamage header =
        (file, dice) -> {
          ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
          int end = Long.BYTES + (int) bytes.getLong(0);
          byte[] json = changedJson(Arrays.copyOfRange(file, Long.BYTES, end), dice);
          return ByteBuffer.allocate(Long.BYTES + json.length + file.length - end)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(json.length)
              .put(json)
              .put(file, end, file.length - end)
              .array();
        };
    return bytes(1 << 10).or(header);
  }

  /** Does this, or the other. */
  default FileDamage or(FileDamage other) {
    return (file, dice) -> (dice.below(2) == 0 ? this : other).done(file, dice);
  }

  /** Does this to the content of a gzip file, which is whole again afterwards. */
  default FileDamage withinGzip() {
    return (file, dice) -> zipped(done(unzipped(file), dice));
  }

  static byte[] zipped(byte[] content) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(result)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result.toByteArray();
  }

  private static byte[] unzipped(byte[] file) {
    try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(file))) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] changedJson(byte[] text, RandomChoices dice) {
    byte[] result = text;
    for (int i = dice.below(3); i >= 0; i--) {
      result = dice.of(List.of(JsonMutation.values())).of(result, dice);
    }
    return result;
  }
}
