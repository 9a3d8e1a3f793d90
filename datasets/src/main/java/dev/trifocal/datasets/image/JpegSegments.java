package dev.trifocal.datasets.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The information in the segments before the data of a JPEG file, read as libjpeg reads them: bytes
 * outside segments are skipped. Java's reader guesses colour spaces where libjpeg has rules,
 * applies colour profiles, which is slow, and fails on damaged segments that decoding does not
 * need; it therefore gets {@link #plain} instead of the file.
 *
 * @param frame the marker of the frame, which tells the compression process; 0 if there is none
 * @param channels the number of channels: 1 gray, 3 colour, 4 CMYK; 0 if unknown
 * @param lumaAndChroma whether the first three channels are stored as YCbCr
 * @param orientation the EXIF orientation
 * @param ended whether the file has an end marker
 * @param plain the file with only those segments that decoding needs
 */
record JpegSegments(
    int frame,
    int channels,
    boolean lumaAndChroma,
    Orientation orientation,
    boolean ended,
    byte[] plain) {
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final int PROGRESSIVE = 0xC2;
  private static final int COLOURS = 3;

  /** The minimum lengths of the JFIF and Adobe segments, in bytes. */
  private static final int SHORTEST_JFIF = 14;

  private static final int SHORTEST_ADOBE = 12;

  /** The state while segments are read. */
  private static final class Reading {
    private final byte[] file;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int frame;
    private int channels;
    private String ids = "";
    private boolean jfif;
    private Optional<Integer> adobe = Optional.empty();
    private Orientation orientation = Orientation.UPRIGHT;

    private Reading(byte[] file) {
      this.file = file;
    }

    private void segment(int marker, int data, int end) {
      if (isFrame(marker) && data + 6 <= end) {
        frame = marker;
        channels = file[data + 5] & 0xFF;
        StringBuilder names = new StringBuilder();
        for (int at = data + 6; at + 3 <= end; at += 3) {
          names.append((char) (file[at] & 0xFF));
        }
        ids = names.toString();
      } else if (marker == APP0 && end - data >= SHORTEST_JFIF && starts(data, end, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP14 && end - data >= SHORTEST_ADOBE && starts(data, end, "Adobe")) {
        adobe = Optional.of(file[data + 11] & 0xFF);
      } else if (marker == APP1 && starts(data, end, "Exif\0\0")) {
        orientation = Exif.orientation(file, data, end);
      }
      if ((marker < APP0 || marker > APP15) && marker != COMMENT) {
        kept.write(0xFF);
        kept.write(marker);
        kept.write(file, data - 2, end - data + 2);
      }
    }

    /** Follows libjpeg: JFIF decides the colour space, then Adobe, then the component names. */
    private boolean lumaAndChroma() {
      if (channels == COLOURS) {
        return jfif || adobe.map(transform -> transform != 0).orElse(!ids.equals("RGB"));
      }
      return adobe.map(transform -> transform != 0).orElse(false);
    }

    private boolean starts(int from, int end, String word) {
      byte[] letters = word.getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < letters.length; i++) {
        if (from + i >= end || file[from + i] != letters[i]) {
          return false;
        }
      }
      return true;
    }
  }

  static JpegSegments of(byte[] file) {
    Reading reading = new Reading(file);
    int at = next(file, 2);
    while (at + 4 <= file.length) {
      int marker = file[at + 1] & 0xFF;
      int data = at + 4;
      int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
      if (marker == START_OF_SCAN || marker == END || end < data || end > file.length) {
        break;
      }
      reading.segment(marker, data, end);
      at = next(file, end);
    }
    boolean lumaAndChroma = reading.lumaAndChroma();
    ByteArrayOutputStream plain = new ByteArrayOutputStream(file.length);
    plain.writeBytes(new byte[] {(byte) 0xFF, (byte) START});
    if (reading.channels >= COLOURS) {
      plain.writeBytes(adobe(lumaAndChroma ? reading.channels == COLOURS ? 1 : 2 : 0));
    }
    plain.writeBytes(reading.kept.toByteArray());
    plain.write(file, at, file.length - at);
    return new JpegSegments(
        reading.frame,
        reading.channels,
        lumaAndChroma,
        reading.orientation,
        hasEnd(file, at),
        plain.toByteArray());
  }

  /** Returns whether the process is baseline, extended or progressive with Huffman coding. */
  boolean isCommon() {
    return frame == 0 || frame <= PROGRESSIVE;
  }

  /** Returns the position of the next marker with a length, or the end of the file. */
  private static int next(byte[] file, int from) {
    int at = from;
    while (at + 1 < file.length && ((file[at] & 0xFF) != 0xFF || !isSegment(file[at + 1] & 0xFF))) {
      at++;
    }
    return at + 1 < file.length ? at : file.length;
  }

  /** Excludes stuffed zeros, repeated 0xFF and markers without a segment. */
  private static boolean isSegment(int marker) {
    return marker >= 0xC0 && marker != 0xFF && (marker < 0xD0 || marker >= END);
  }

  private static byte[] adobe(int transform) {
    return new byte[] {
      (byte) 0xFF,
      (byte) APP14,
      0,
      14,
      'A',
      'd',
      'o',
      'b',
      'e',
      0,
      100,
      0,
      0,
      0,
      0,
      (byte) transform
    };
  }

  private static boolean hasEnd(byte[] file, int from) {
    for (int at = file.length - 2; at >= from; at--) {
      if ((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == END) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a marker is SOF0 to SOF15, excluding DHT, JPG and DAC, which lie between. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }
}
