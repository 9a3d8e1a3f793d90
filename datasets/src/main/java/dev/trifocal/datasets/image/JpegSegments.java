package dev.trifocal.datasets.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The information in the segments before the data of a JPEG file that Java's reader does not
 * provide.
 *
 * @param channels the number of channels: 1 gray, 3 colour, 4 CMYK; 0 if unknown
 * @param inksAreLumaAndChroma whether the first three of four channels are stored as YCbCr
 * @param orientation the EXIF orientation
 * @param profiles the positions of the markers of colour profiles
 * @param ended whether the file has an end marker
 */
record JpegSegments(
    int channels,
    boolean inksAreLumaAndChroma,
    Orientation orientation,
    List<Integer> profiles,
    boolean ended) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END = 0xD9;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final byte COMMENT = (byte) 0xFE;

  JpegSegments {
    profiles = List.copyOf(profiles);
  }

  static JpegSegments of(byte[] file) {
    int channels = 0;
    boolean ycck = false;
    Orientation orientation = Orientation.UPRIGHT;
    List<Integer> profiles = new ArrayList<>();
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
      int marker = file[at + 1] & 0xFF;
      if (marker == START_OF_SCAN || marker == END) {
        break;
      }
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int data = at + 4;
      int end = Math.min(file.length, at + 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF));
      if (isFrame(marker) && data + 6 <= end) {
        channels = file[data + 5] & 0xFF;
      } else if (marker == APP14 && starts(file, data, end, "Adobe") && data + 12 <= end) {
        ycck = file[data + 11] == 2;
      } else if (marker == APP1 && starts(file, data, end, "Exif\0\0")) {
        orientation = Exif.orientation(file, data + 6, end);
      } else if (marker == APP2 && starts(file, data, end, "ICC_PROFILE")) {
        profiles.add(at + 1);
      }
      at = Math.max(end, data);
    }
    return new JpegSegments(channels, ycck, orientation, profiles, hasEnd(file, at));
  }

  /**
   * Turns colour profiles into comments: Java would apply them, which is slow and fails for damaged
   * profiles, whereas networks are trained on images whose profiles were ignored.
   */
  void hideProfiles(byte[] file) {
    profiles.forEach(at -> file[at] = COMMENT);
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

  private static boolean starts(byte[] file, int from, int end, String word) {
    byte[] letters = word.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < letters.length; i++) {
      if (from + i >= end || file[from + i] != letters[i]) {
        return false;
      }
    }
    return true;
  }
}
