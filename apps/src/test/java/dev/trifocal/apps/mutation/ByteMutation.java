package dev.trifocal.apps.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What transmission, disks and editors do to a file, and what someone with bad intent does. */
public enum ByteMutation {
  FLIP {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      byte[] result = file.clone();
      for (int i = dice.below(8); i >= 0; i--) {
        result[damage.place(dice)] ^= (byte) (1 << dice.below(8));
      }
      return result;
    }
  },
  OVERWRITE {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      byte[] result = file.clone();
      int from = damage.place(dice);
      int end = Math.min(result.length, from + 1 + dice.below(32));
      for (int i = from; i < end; i++) {
        result[i] = (byte) dice.bits();
      }
      return result;
    }
  },
  TRUNCATE {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      return join(file, 0, damage.place(dice), new byte[0], file.length);
    }
  },
  INSERT {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      byte[] more = new byte[1 + dice.below(32)];
      for (int i = 0; i < more.length; i++) {
        more[i] = (byte) dice.bits();
      }
      int at = damage.place(dice);
      return join(file, 0, at, more, at);
    }
  },
  DELETE {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      int at = damage.place(dice);
      return join(file, 0, at, new byte[0], Math.min(file.length, at + 1 + dice.below(64)));
    }
  },
  COPY {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      int from = damage.place(dice);
      byte[] block = new byte[Math.min(1 + dice.below(512), file.length - from)];
      System.arraycopy(file, from, block, 0, block.length);
      int at = damage.place(dice);
      return join(file, 0, at, block, dice.below(2) == 0 ? at : Math.min(file.length, at + 1));
    }
  },
  ZERO {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      byte[] result = file.clone();
      int from = damage.place(dice);
      int end = Math.min(result.length, from + 1 + dice.below(512));
      Arrays.fill(result, from, end, (byte) 0);
      return result;
    }
  },
  /** Sizes and offsets are numbers of 2, 4 or 8 bytes, in either order. */
  NUMBER {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      byte[] number = bytes(dice.number(), 2 << dice.below(3));
      if (dice.below(2) == 0) {
        reverse(number);
      }
      int at = damage.place(dice);
      return join(file, 0, at, number, Math.min(file.length, at + number.length));
    }
  },
  /** Sizes in text: the next number after a place becomes another. */
  DIGITS {
    @Override
    public byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      int from = damage.place(dice);
      while (from < file.length && !isDigit(file[from])) {
        from++;
      }
      int end = from;
      while (end < file.length && isDigit(file[end])) {
        end++;
      }
      byte[] number = String.valueOf(dice.number()).getBytes(StandardCharsets.US_ASCII);
      return join(file, 0, from, number, end);
    }
  };

  /** Where to strike. */
  @FunctionalInterface
  public interface Damage {
    int place(RandomChoices dice);
  }

  public abstract byte[] of(byte[] file, Damage damage, RandomChoices dice);

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }

  private static byte[] bytes(long number, int length) {
    ByteBuffer all = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return Arrays.copyOf(all.putLong(number).array(), length);
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0; i < bytes.length / 2; i++) {
      byte first = bytes[i];
      bytes[i] = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = first;
    }
  }

  private static byte[] join(byte[] file, int from, int to, byte[] middle, int rest) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(file, from, to - from);
    result.write(middle, 0, middle.length);
    result.write(file, rest, file.length - rest);
    return result.toByteArray();
  }
}
