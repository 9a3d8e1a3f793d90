package dev.trifocal.layer;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a value of a model as scores of a classifier. Each method returns what an
 * operation makes of it, so that a softmax or sigmoid is also found where a file spells it out in
 * exponentials, sums and quotients.
 *
 * @param name name of the value
 * @param kind kind of the scores
 * @param source name of the value that this one clips, casts or reshapes, or is
 * @param logits name of the logits that a softmax or sigmoid reads; empty if it is not known
 * @param step what a value on the way to a softmax or sigmoid is
 * @param of name of the value that the step was applied to
 */
public record ScoreValue(
    String name,
    ScoreKind kind,
    String source,
    Optional<String> logits,
    Step step,
    Optional<String> of) {
  /** The largest number that is added to probabilities only to keep their logarithm finite. */
  private static final double SMALL = 1e-3;

  private static final double EXACT = 1e-6;

  /** The steps of a softmax or sigmoid that is computed from elementary operations. */
  public enum Step {
    NONE,
    NEGATED,
    EXPONENTIAL,
    /** {@code exp(x)} of a negated {@code x}. */
    EXPONENTIAL_OF_NEGATED,
    ONE_PLUS_EXPONENTIAL,
    ONE_PLUS_EXPONENTIAL_OF_NEGATED,
    SUM,
    TANH,
    COMPLEMENT,
    /** Numbers that are never negative, of which a quotient by their sum makes shares. */
    POSITIVE,
    /** {@code log(1 + exp(-x))}. */
    SOFTPLUS_OF_NEGATED
  }

  /** Returns a value of which nothing is known, so that it can only be logits. */
  public static ScoreValue unknown(String name) {
    return known(name, ScoreKind.LOGITS, Optional.empty());
  }

  private static ScoreValue known(String name, ScoreKind kind, Optional<String> logits) {
    return new ScoreValue(name, kind, name, logits, Step.NONE, Optional.empty());
  }

  private static ScoreValue stepped(String name, Step step, String of) {
    return new ScoreValue(name, ScoreKind.LOGITS, name, Optional.empty(), step, Optional.of(of));
  }

  /** Returns the value of the same numbers under another name: a cast or another shape. */
  public ScoreValue renamed(String other) {
    return new ScoreValue(other, kind, source, logits, step, of);
  }

  /** Returns a part of the values, or the values in another order. */
  public ScoreValue part(String other) {
    return known(other, kind, Optional.empty());
  }

  public ScoreValue softmax(String other) {
    return known(other, ScoreKind.PROBABILITIES, Optional.of(name));
  }

  public ScoreValue logSoftmax(String other) {
    return known(other, ScoreKind.LOG_PROBABILITIES, Optional.of(name));
  }

  public ScoreValue sigmoid(String other) {
    return known(other, ScoreKind.SIGMOID, Optional.of(name));
  }

  /** Returns the value of a function that only approximates the sigmoid. */
  public ScoreValue hardSigmoid(String other) {
    return known(other, ScoreKind.SIGMOID, Optional.empty());
  }

  /** Returns the ids of the best classes. */
  public ScoreValue ids(String other) {
    return known(other, ScoreKind.CLASS_IDS, Optional.empty());
  }

  public ScoreValue tanh(String other) {
    return stepped(other, Step.TANH, name);
  }

  public ScoreValue softplus(String other) {
    return step == Step.NEGATED
        ? stepped(other, Step.SOFTPLUS_OF_NEGATED, of.orElseThrow())
        : stepped(other, Step.POSITIVE, name);
  }

  /** Returns the value of a function that is never negative and keeps what is not. */
  public ScoreValue positive(String other) {
    return isShare() ? renamed(other) : stepped(other, Step.POSITIVE, name);
  }

  /** Returns the decisions of a threshold: one for yes, zero for no. */
  public ScoreValue decided(String other) {
    return known(other, ScoreKind.SIGMOID, Optional.empty());
  }

  public ScoreValue exponential(String other) {
    if (kind == ScoreKind.LOG_PROBABILITIES) {
      return known(other, ScoreKind.PROBABILITIES, Optional.of(name));
    }
    if (kind == ScoreKind.LOG_SIGMOID) {
      return known(other, ScoreKind.SIGMOID, logits);
    }
    return step == Step.NEGATED
        ? stepped(other, Step.EXPONENTIAL_OF_NEGATED, of.orElseThrow())
        : stepped(other, Step.EXPONENTIAL, name);
  }

  public ScoreValue logarithm(String other) {
    return switch (kind) {
      case PROBABILITIES -> known(other, ScoreKind.LOG_PROBABILITIES, Optional.empty());
      case SIGMOID -> known(other, ScoreKind.LOG_SIGMOID, logits);
      default -> unknown(other);
    };
  }

  /** Returns the value limited to a range; between 0 and 1, it becomes a probability. */
  public ScoreValue clipped(String other, double low, double high) {
    boolean share = kind == ScoreKind.LOGITS && Math.abs(low) < SMALL && Math.abs(high - 1) < SMALL;
    return share
        ? known(other, ScoreKind.SIGMOID, Optional.empty())
        : kind == ScoreKind.LOGITS ? unknown(other) : renamed(other);
  }

  public ScoreValue reciprocal(String other) {
    return switch (step) {
      case ONE_PLUS_EXPONENTIAL_OF_NEGATED -> known(other, ScoreKind.SIGMOID, of);
      case ONE_PLUS_EXPONENTIAL -> known(other, ScoreKind.SIGMOID, Optional.empty());
      default -> unknown(other);
    };
  }

  /** Returns the sum over the classes. */
  public ScoreValue sum(String other) {
    boolean positive = step == Step.POSITIVE || step == Step.SOFTPLUS_OF_NEGATED;
    return isShare() || isExponential() || positive
        ? stepped(other, Step.SUM, source)
        : unknown(other);
  }

  /** Returns {@code value * scale + shift}. */
  public ScoreValue scaled(String other, double scale, double shift) {
    if (kind != ScoreKind.LOGITS && is(scale, 1) && Math.abs(shift) <= SMALL) {
      return renamed(other);
    }
    if (kind == ScoreKind.PROBABILITIES && scale > 0 && Math.abs(shift) <= SMALL) {
      return known(other, kind, Optional.empty());
    }
    if (step == Step.POSITIVE && scale > 0 && shift >= 0) {
      return stepped(other, Step.POSITIVE, name);
    }
    if (is(scale, -1)) {
      return negated(other, shift);
    }
    if (is(scale, 1) && is(shift, 1) && isExponential()) {
      boolean plain = step == Step.EXPONENTIAL;
      return stepped(
          other,
          plain ? Step.ONE_PLUS_EXPONENTIAL : Step.ONE_PLUS_EXPONENTIAL_OF_NEGATED,
          plain ? name : of.orElseThrow());
    }
    boolean halved = step == Step.TANH && is(scale, 0.5) && is(shift, 0.5);
    return halved ? known(other, ScoreKind.SIGMOID, Optional.empty()) : unknown(other);
  }

  private ScoreValue negated(String other, double shift) {
    if (is(shift, 0) && step == Step.SOFTPLUS_OF_NEGATED) {
      return known(other, ScoreKind.LOG_SIGMOID, of);
    }
    if (is(shift, 0)) {
      return stepped(other, Step.NEGATED, name);
    }
    return kind == ScoreKind.SIGMOID && is(shift, 1)
        ? new ScoreValue(other, kind, other, Optional.empty(), Step.COMPLEMENT, Optional.of(source))
        : unknown(other);
  }

  /** Returns the quotient of two values. */
  public ScoreValue over(String other, ScoreValue divisor) {
    boolean total = divisor.step == Step.SUM && divisor.of.equals(Optional.of(source));
    if (total) {
      return known(
          other, ScoreKind.PROBABILITIES, step == Step.EXPONENTIAL ? of : Optional.empty());
    }
    boolean logistic =
        step == Step.EXPONENTIAL
            && divisor.step == Step.ONE_PLUS_EXPONENTIAL
            && divisor.of.equals(Optional.of(name));
    return logistic ? known(other, ScoreKind.SIGMOID, of) : unknown(other);
  }

  /** Returns the sum or mean of values, as of the networks of an ensemble. */
  public static ScoreValue sum(String name, List<ScoreValue> values) {
    return values.stream().allMatch(value -> value.kind == ScoreKind.PROBABILITIES)
        ? known(name, ScoreKind.PROBABILITIES, Optional.empty())
        : unknown(name);
  }

  /** Returns values one after another; {@code 1 - p} and {@code p} are those of two classes. */
  public static ScoreValue concat(String name, List<ScoreValue> values) {
    ScoreKind first = values.get(0).kind;
    if (values.stream().anyMatch(value -> value.kind != first)) {
      return unknown(name);
    }
    boolean two =
        values.size() == 2
            && (values.get(0).complements(values.get(1))
                || values.get(1).complements(values.get(0)));
    return known(name, two ? ScoreKind.PROBABILITIES : first, Optional.empty());
  }

  private boolean complements(ScoreValue other) {
    return step == Step.COMPLEMENT && of.equals(Optional.of(other.source));
  }

  private boolean isShare() {
    return kind == ScoreKind.PROBABILITIES || kind == ScoreKind.SIGMOID;
  }

  private boolean isExponential() {
    return step == Step.EXPONENTIAL || step == Step.EXPONENTIAL_OF_NEGATED;
  }

  private static boolean is(double value, double expected) {
    return Math.abs(value - expected) < EXACT;
  }
}
