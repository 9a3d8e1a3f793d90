package dev.trifocal.apps.onnx.mutation;

import java.io.ByteArrayOutputStream;

/** What transmission, disks and editors do to a file. */
enum ByteMutation {
  FLIP {
    @Override
    byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      byte[] result = file.clone();
      for (int i = dice.below(8); i >= 0; i--) {
        result[damage.place(dice)] ^= (byte) (1 << dice.below(8));
      }
      return result;
    }
  },
  OVERWRITE {
    @Override
    byte[] of(byte[] file, Damage damage, RandomChoices dice) {
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
    byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      return join(file, 0, damage.place(dice), new byte[0], file.length);
    }
  },
  INSERT {
    @Override
    byte[] of(byte[] file, Damage damage, RandomChoices dice) {
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
    byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      int at = damage.place(dice);
      return join(file, 0, at, new byte[0], Math.min(file.length, at + 1 + dice.below(64)));
    }
  },
  COPY {
    @Override
    byte[] of(byte[] file, Damage damage, RandomChoices dice) {
      int from = damage.place(dice);
      byte[] block = new byte[Math.min(1 + dice.below(512), file.length - from)];
      System.arraycopy(file, from, block, 0, block.length);
      int at = damage.place(dice);
      return join(file, 0, at, block, dice.below(2) == 0 ? at : Math.min(file.length, at + 1));
    }
  };

  /** Where to strike. */
  @FunctionalInterface
  interface Damage {
    int place(RandomChoices dice);
  }

  abstract byte[] of(byte[] file, Damage damage, RandomChoices dice);

  private static byte[] join(byte[] file, int from, int to, byte[] middle, int rest) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(file, from, to - from);
    result.write(middle, 0, middle.length);
    result.write(file, rest, file.length - rest);
    return result.toByteArray();
  }
}
