package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Three steps of two weights, against PyTorch 1.13 in double precision. Each test names its
 * optimizer; the numbers come from
 *
 * <pre>
 * import torch; from torch.optim import *; torch.set_default_dtype(torch.float64)
 * w = torch.tensor([.5, -1.25], requires_grad=True); o = ...
 * for g in [.25, -2], [-.5, 1.5], [3, .125]:
 *     w.grad = torch.tensor(g); o.step(); print(w.tolist())
 * </pre>
 *
 * <p>NAdam needs {@code foreach=True} there: the single-tensor form of 1.13 is known to be wrong,
 * and keeps a factor in single precision unless that default is set.
 */
class OptimizerTest {
  private static final double[] START = {0.5, -1.25};
  private static final double[][] GRADIENTS = {{0.25, -2.0}, {-0.5, 1.5}, {3.0, 0.125}};
  private static final List<Optimizer> ALL =
      List.of(
          Sgd.of(0.1),
          Sgd.of(0.1).momentum(0.9),
          Adam.of(0.1),
          AdamW.of(0.1),
          NAdam.of(0.1),
          RmsProp.of(0.1),
          RmsProp.of(0.1).momentum(0.9),
          Adagrad.of(0.1));

  /** {@code SGD([w], lr=.1)}. */
  @Test
  void sgd_takes_the_gradient_times_the_rate() {
    assertSteps(
        Sgd.of(0.1),
        new double[][] {
          {0.475, -1.05},
          {0.525, -1.2},
          {0.225, -1.2125}
        });
  }

  /** {@code SGD([w], lr=.1, weight_decay=.05)}. */
  @Test
  void sgd_adds_weight_decay_to_the_gradient() {
    assertSteps(
        Sgd.of(0.1).weightDecay(0.05),
        new double[][] {
          {0.4725, -1.04375},
          {0.5201375, -1.18853125},
          {0.21753681249999998, -1.19508859375}
        });
  }

  /** {@code SGD([w], lr=.1, momentum=.9)}. */
  @Test
  void sgd_with_momentum_gathers_gradients() {
    assertSteps(
        Sgd.of(0.1).momentum(0.9),
        new double[][] {
          {0.475, -1.05},
          {0.5025, -1.02},
          {0.22724999999999992, -1.0055}
        });
  }

  /** {@code SGD([w], lr=.1, momentum=.9, weight_decay=.05)}. */
  @Test
  void sgd_with_momentum_gathers_the_weight_decay_too() {
    assertSteps(
        Sgd.of(0.1).momentum(0.9).weightDecay(0.05),
        new double[][] {
          {0.4725, -1.04375},
          {0.4953875, -1.0029062499999999},
          {0.21350931249999996, -0.9736323437499999}
        });
  }

  /** {@code SGD([w], lr=.1, momentum=.9, weight_decay=.05, nesterov=True)}. */
  @Test
  void sgd_with_nesterov_looks_ahead() {
    assertSteps(
        Sgd.of(0.1).momentum(0.9).weightDecay(0.05).nesterov(),
        new double[][] {
          {0.44775, -0.8581249999999999},
          {0.516221375, -0.9679103124999999},
          {-0.04004361556250008, -0.95013350828125}
        });
  }

  /** {@code Adam([w], lr=.1)}. */
  @Test
  void adam_follows_pytorch() {
    assertSteps(
        Adam.of(0.1),
        new double[][] {
          {0.4000000039999998, -1.1500000005},
          {0.43661035577754626, -1.141067499810002},
          {0.3789898483846923, -1.1373639743174733}
        });
  }

  /** {@code Adam([w], lr=.1, betas=(.8, .95), eps=.01, weight_decay=.05)}. */
  @Test
  void adam_with_all_its_settings_follows_pytorch() {
    assertSteps(
        Adam.of(0.1).betas(0.8, 0.95).epsilon(0.01).weightDecay(0.05),
        new double[][] {
          {0.40350877192982454, -1.1504825090470445},
          {0.4392748170107857, -1.1440122092482932},
          {0.3761541022749043, -1.141213777994917}
        });
  }

  /** {@code AdamW([w], lr=.1)}. */
  @Test
  void adamw_follows_pytorch() {
    assertSteps(
        AdamW.of(0.1),
        new double[][] {
          {0.39950000399999985, -1.1487500005},
          {0.4357108557735463, -1.138668749809502},
          {0.3776546375249188, -1.1338265555671636}
        });
  }

  /** {@code AdamW([w], lr=.1, betas=(.8, .95), eps=.01, weight_decay=.5)}. */
  @Test
  void adamw_with_all_its_settings_follows_pytorch() {
    assertSteps(
        AdamW.of(0.1).betas(0.8, 0.95).epsilon(0.01).weightDecay(0.5),
        new double[][] {
          {0.37884615384615383, -1.087997512437811},
          {0.4007221299553695, -1.0304614026736454},
          {0.31836514510408553, -0.9802267653976849}
        });
  }

  /** {@code NAdam([w], lr=.1, foreach=True)}. */
  @Test
  void nadam_follows_pytorch() {
    assertSteps(
        NAdam.of(0.1),
        new double[][] {
          {0.3943548263902681, -1.144354822692687},
          {0.4850105733651685, -1.2020289511126623},
          {0.37471825127433717, -1.2067918953818213}
        });
  }

  /**
   * {@code NAdam([w], lr=.1, betas=(.8, .95), weight_decay=.05, momentum_decay=1, foreach=True)}.
   */
  @Test
  void nadam_with_all_its_settings_follows_pytorch() {
    assertSteps(
        NAdam.of(0.1).betas(0.8, 0.95).weightDecay(0.05).momentumDecay(1),
        new double[][] {
          {0.3894861347588063, -1.139486131275945},
          {0.4804115645440673, -1.1947847198002877},
          {0.3654860260660343, -1.196864052053896}
        });
  }

  /** {@code RMSprop([w], lr=.1)}. */
  @Test
  void rmsprop_follows_pytorch() {
    assertSteps(
        RmsProp.of(0.1),
        new double[][] {
          {-0.4999996000001595, -0.2500000499999979},
          {0.39532320175091795, -0.8519292912742553},
          {-0.5879527355812458, -0.9022788205436836}
        });
  }

  /** {@code RMSprop([w], lr=.1, alpha=.9, weight_decay=.05, momentum=.9)}. */
  @Test
  void rmsprop_with_all_its_settings_follows_pytorch() {
    assertSteps(
        RmsProp.of(0.1).alpha(0.9).weightDecay(0.05).momentum(0.9),
        new double[][] {
          {0.1837722703467942, -0.9337722388316468},
          {0.1783989744392797, -0.8377241553258324},
          {-0.13791768694851253, -0.762640275677827}
        });
  }

  /** {@code Adagrad([w], lr=.1)}. */
  @Test
  void adagrad_follows_pytorch() {
    assertSteps(
        Adagrad.of(0.1),
        new double[][] {
          {0.40000000004, -1.150000000005},
          {0.4894427191239916, -1.2100000000025999},
          {0.39113488866492824, -1.2149937616967896}
        });
  }

  /** {@code Adagrad([w], lr=.1, weight_decay=.05)}. */
  @Test
  void adagrad_with_weight_decay_follows_pytorch() {
    assertSteps(
        Adagrad.of(0.1).weightDecay(0.05),
        new double[][] {
          {0.4000000000363636, -1.1500000000048485},
          {0.4867686387499158, -1.207312897775442},
          {0.38840068291039814, -1.209880080661109}
        });
  }

  @Test
  void the_rate_of_a_step_is_the_one_it_is_given() {
    for (Optimizer optimizer : ALL) {
      Map<String, Double> none = optimizer.scalars(3, 0);
      Optimizer.Update<Double> update =
          optimizer.update(new DoubleArithmetic(), 0.5, 2.0, zeros(optimizer), none);
      assertThat(update.weight()).as(optimizer.toString()).isEqualTo(0.5);
      assertThat(optimizer.scalars(3, 0.7)).containsEntry(Optimizer.LEARNING_RATE, 0.7);
    }
  }

  @Test
  void each_gives_the_scalars_and_slots_that_it_names() {
    for (Optimizer optimizer : ALL) {
      Map<String, Double> scalars = optimizer.scalars(1, 0.1);
      assertThat(scalars.keySet()).containsExactlyInAnyOrderElementsOf(optimizer.scalars());
      assertThat(
              optimizer
                  .update(new DoubleArithmetic(), 0.5, 2.0, zeros(optimizer), scalars)
                  .slots()
                  .keySet())
          .containsExactlyInAnyOrderElementsOf(optimizer.slots());
    }
  }

  @Test
  void scalars_stay_finite_after_a_million_steps() {
    for (Optimizer optimizer : ALL) {
      assertThat(optimizer.scalars(1_000_000, 0.1).values())
          .as(optimizer.toString())
          .allMatch(Double::isFinite);
    }
  }

  private static void assertSteps(Optimizer optimizer, double[][] expected) {
    for (int element = 0; element < START.length; element++) {
      double weight = START[element];
      Map<String, Double> slots = zeros(optimizer);
      for (int step = 1; step <= expected.length; step++) {
        Optimizer.Update<Double> update =
            optimizer.update(
                new DoubleArithmetic(),
                weight,
                GRADIENTS[step - 1][element],
                slots,
                optimizer.scalars(step, optimizer.learningRate()));
        weight = update.weight();
        slots = update.slots();
        assertThat(weight)
            .as("weight %d after step %d", element, step)
            .isCloseTo(expected[step - 1][element], within(1e-12));
      }
    }
  }

  private static Map<String, Double> zeros(Optimizer optimizer) {
    Map<String, Double> slots = new HashMap<>();
    optimizer.slots().forEach(slot -> slots.put(slot, 0.0));
    return slots;
  }
}
