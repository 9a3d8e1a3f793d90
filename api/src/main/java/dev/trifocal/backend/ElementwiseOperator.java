package dev.trifocal.backend;

/** The operators of optimizers, in single precision. */
public enum ElementwiseOperator {
  ADD {
    @Override
    float apply(float a, float b) {
      return a + b;
    }
  },
  SUBTRACT {
    @Override
    float apply(float a, float b) {
      return a - b;
    }
  },
  MULTIPLY {
    @Override
    float apply(float a, float b) {
      return a * b;
    }
  },
  DIVIDE {
    @Override
    float apply(float a, float b) {
      return a / b;
    }
  },
  SQRT {
    @Override
    float apply(float a, float b) {
      return (float) Math.sqrt(a);
    }
  },
  EXP {
    @Override
    float apply(float a, float b) {
      return (float) Math.exp(a);
    }
  },
  POWER {
    @Override
    float apply(float a, float b) {
      return (float) Math.pow(a, b);
    }
  },
  ABS {
    @Override
    float apply(float a, float b) {
      return Math.abs(a);
    }
  },
  SIGN {
    @Override
    float apply(float a, float b) {
      return Math.signum(a);
    }
  },
  MINIMUM {
    @Override
    float apply(float a, float b) {
      return Math.min(a, b);
    }
  },
  MAXIMUM {
    @Override
    float apply(float a, float b) {
      return Math.max(a, b);
    }
  };

  /**
   * Computes one element.
   *
   * @param b the second operand; ignored by operators with one
   */
  abstract float apply(float a, float b);
}
