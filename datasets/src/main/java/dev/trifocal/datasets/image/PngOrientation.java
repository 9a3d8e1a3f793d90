package dev.trifocal.datasets.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;

/**
 * Reads the orientation of a PNG file from the same places as Pillow: the chunk {@code eXIf}, or
 * else ImageMagick's profile in hexadecimal, or else XMP.
 */
final class PngOrientation {
  private static final int SIGNATURE = 8;
  private static final int HEADER = 8;
  private static final int CHECKSUM = 4;

  /** The maximum length of a text, in bytes. */
  private static final int LONGEST = 1 << 20;

  private static final String PROFILE = "Raw profile type exif";
  private static final String XMP = "XML:com.adobe.xmp";
  private static final Pattern XMP_ORIENTATION = Pattern.compile("tiff:Orientation(=\"|>)([0-9])");

  private PngOrientation() {}

  /** Returns the orientation; upright if it is missing or malformed. */
  static Orientation of(byte[] file) {
    Optional<byte[]> exif = Optional.empty();
    Map<String, String> texts = new HashMap<>();
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int at = SIGNATURE;
    while (at + HEADER <= file.length) {
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - at - HEADER) {
        break;
      }
      String name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (name.equals("eXIf") || name.endsWith("Xt")) {
        byte[] data = new byte[length];
        bytes.get(at + HEADER, data);
        if (name.equals("eXIf")) {
          exif = Optional.of(data);
        } else {
          keep(name, data, texts);
        }
      }
      at += HEADER + length + CHECKSUM;
    }
    return exif.or(() -> Optional.ofNullable(texts.get(PROFILE)).flatMap(PngOrientation::profile))
        .flatMap(found -> Exif.find(found, 0, found.length))
        .or(() -> Optional.ofNullable(texts.get(XMP)).flatMap(PngOrientation::xmp))
        .orElse(Orientation.UPRIGHT);
  }

  /** Parses a text chunk: a keyword, a zero, fields that depend on the chunk, and the text. */
  private static void keep(String chunk, byte[] data, Map<String, String> texts) {
    int end = zero(data, 0);
    String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
    if (!keyword.equals(PROFILE) && !keyword.equals(XMP)) {
      return;
    }
    int text = end + 1;
    boolean packed = chunk.equals("zTXt");
    if (packed) {
      text++;
    } else if (chunk.equals("iTXt")) {
      packed = text < data.length && data[text] != 0;
      text = zero(data, zero(data, text + 2) + 1) + 1;
    }
    if (text <= data.length) {
      texts.put(keyword, text(data, text, packed));
    }
  }

  private static int zero(byte[] data, int from) {
    int at = from;
    while (at < data.length && data[at] != 0) {
      at++;
    }
    return at;
  }

  private static String text(byte[] data, int from, boolean packed) {
    ByteArrayInputStream rest = new ByteArrayInputStream(data, from, data.length - from);
    try (InflaterInputStream unpacked = new InflaterInputStream(rest)) {
      byte[] bytes = (packed ? unpacked : rest).readNBytes(LONGEST);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Parses a profile: an empty line, the name, the length, and the bytes in hexadecimal. */
  private static Optional<byte[]> profile(String text) {
    String[] lines = text.split("\n", 4);
    try {
      return lines.length < 4
          ? Optional.empty()
          : Optional.of(HexFormat.of().parseHex(lines[3].replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Orientation> xmp(String text) {
    Matcher matcher = XMP_ORIENTATION.matcher(text);
    return matcher.find()
        ? Optional.of(Orientation.of(Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}
