package dev.trifocal.backend;

/**
 * The operators of optimizers, as loops over arrays that the JVM compiles to vector instructions.
 */
public enum ElementwiseOperator {
  ADD {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = a[i] + b[i];
      }
    }
  },
  SUBTRACT {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = a[i] - b[i];
      }
    }
  },
  MULTIPLY {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = a[i] * b[i];
      }
    }
  },
  DIVIDE {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = a[i] / b[i];
      }
    }
  },
  SQRT {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) Math.sqrt(a[i]);
      }
    }
  },
  EXP {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) Math.exp(a[i]);
      }
    }
  },
  POWER {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) Math.pow(a[i], b[i]);
      }
    }
  },
  ABS {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = Math.abs(a[i]);
      }
    }
  },
  SIGN {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = Math.signum(a[i]);
      }
    }
  },
  MINIMUM {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = Math.min(a[i], b[i]);
      }
    }
  },
  MAXIMUM {
    @Override
    void apply(float[] a, float[] b, float[] result) {
      for (int i = 0; i < result.length; i++) {
        result[i] = Math.max(a[i], b[i]);
      }
    }
  };

  /**
   * Computes the operator for each element.
   *
   * @param b the second operand; ignored by operators with one
   * @param result receives the results; all arrays are of its length
   */
  abstract void apply(float[] a, float[] b, float[] result);
}
