package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OptimizerSettingsTest {
  @Test
  void a_learning_rate_below_zero_or_not_finite_is_refused() {
    refuses(() -> Sgd.of(-0.1), "sgd: the learning rate must be 0 or more, but is -0.1");
    refuses(() -> Adam.of(-1), "adam: the learning rate must be 0 or more, but is -1.0");
    refuses(() -> AdamW.of(Double.NaN), "adamw: the learning rate must be 0 or more, but is NaN");
    refuses(() -> NAdam.of(-1), "nadam: the learning rate must be 0 or more, but is -1.0");
    refuses(() -> RmsProp.of(-1), "rmsprop: the learning rate must be 0 or more, but is -1.0");
    refuses(
        () -> Adagrad.of(Double.POSITIVE_INFINITY),
        "adagrad: the learning rate must be 0 or more, but is Infinity");
  }

  @Test
  void a_learning_rate_of_zero_is_allowed() {
    assertThatCode(() -> Sgd.of(0)).doesNotThrowAnyException();
  }

  @Test
  void a_weight_decay_below_zero_or_not_finite_is_refused() {
    refuses(() -> Sgd.of(1).weightDecay(-2), "sgd: weight decay must be 0 or more, but is -2.0");
    refuses(() -> Adam.of(1).weightDecay(-2), "adam: weight decay must be 0 or more, but is -2.0");
    refuses(
        () -> AdamW.of(1).weightDecay(Double.NaN),
        "adamw: weight decay must be 0 or more, but is NaN");
    refuses(
        () -> NAdam.of(1).weightDecay(-2), "nadam: weight decay must be 0 or more, but is -2.0");
    refuses(
        () -> RmsProp.of(1).weightDecay(-2),
        "rmsprop: weight decay must be 0 or more, but is -2.0");
    refuses(
        () -> Adagrad.of(1).weightDecay(Double.POSITIVE_INFINITY),
        "adagrad: weight decay must be 0 or more, but is Infinity");
  }

  @Test
  void decays_of_averages_lie_between_zero_and_one() {
    refuses(
        () -> Sgd.of(1).momentum(1), "sgd: momentum must be at least 0 and below 1, but is 1.0");
    refuses(
        () -> Adam.of(1).betas(-0.5, 0.9),
        "adam: beta1 must be at least 0 and below 1, but is -0.5");
    refuses(
        () -> Adam.of(1).betas(0.9, 1), "adam: beta2 must be at least 0 and below 1, but is 1.0");
    refuses(
        () -> AdamW.of(1).betas(1, 0.9), "adamw: beta1 must be at least 0 and below 1, but is 1.0");
    refuses(
        () -> AdamW.of(1).betas(0.9, 1), "adamw: beta2 must be at least 0 and below 1, but is 1.0");
    refuses(
        () -> NAdam.of(1).betas(1, 0.9), "nadam: beta1 must be at least 0 and below 1, but is 1.0");
    refuses(
        () -> NAdam.of(1).betas(0.9, Double.NaN),
        "nadam: beta2 must be at least 0 and below 1, but is NaN");
    refuses(
        () -> RmsProp.of(1).alpha(1), "rmsprop: alpha must be at least 0 and below 1, but is 1.0");
    refuses(
        () -> RmsProp.of(1).momentum(1.5),
        "rmsprop: momentum must be at least 0 and below 1, but is 1.5");
  }

  @Test
  void an_epsilon_below_zero_or_not_finite_is_refused() {
    refuses(() -> Adam.of(1).epsilon(-1), "adam: epsilon must be 0 or more, but is -1.0");
    refuses(() -> AdamW.of(1).epsilon(-1), "adamw: epsilon must be 0 or more, but is -1.0");
    refuses(
        () -> new NAdam(1, 0.9, 0.99, Double.NaN, 0, 0.004),
        "nadam: epsilon must be 0 or more, but is NaN");
    refuses(
        () -> new RmsProp(1, 0.9, Double.POSITIVE_INFINITY, 0, 0),
        "rmsprop: epsilon must be 0 or more, but is Infinity");
    refuses(() -> new Adagrad(1, -1, 0), "adagrad: epsilon must be 0 or more, but is -1.0");
  }

  @Test
  void a_momentum_decay_below_zero_or_not_finite_is_refused() {
    refuses(
        () -> NAdam.of(1).momentumDecay(-1),
        "nadam: momentum decay must be 0 or more, but is -1.0");
  }

  private static void refuses(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(ConfigurationException.class).hasMessage(message);
  }
}
