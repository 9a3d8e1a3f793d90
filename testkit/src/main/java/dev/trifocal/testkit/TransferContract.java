package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Splits;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.FeatureExtractionEvent;
import dev.trifocal.trainer.MemoryCheckpoints;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.TrainingControl;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.TransferTrainer;
import dev.trifocal.transfer.Unfreezing;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfer learning: a new head on a frozen base, then fine-tuning of its last layers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TransferContract {
  /** The tolerance for weights; the frozen part and the whole network run as different programs. */
  private static final double TOLERANCE = 1e-4;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.TRANSFER, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @Test
  void the_head_alone_learns_while_the_base_is_frozen() {
    TransferPlan plan = PretrainedModel.PLAN.fineTune(0, new Unfreezing.Everything());
    TrainingResult result = fit(PretrainedModel.start(), PretrainedModel.data(), plan);
    assertThat(result.ending()).isEqualTo(StopReason.COMPLETED);
    assertThat(changed(result.last())).containsExactlyInAnyOrder("head.fc.weight", "head.fc.bias");
  }

  @Test
  void fine_tuning_changes_exactly_the_layers_it_should() {
    TrainingState last = fit(PretrainedModel.data()).last();
    Set<String> unfrozen = last.checkpoint().graph().weightShapes().keySet();
    assertThat(changed(last))
        .isEqualTo(
            unfrozen.stream()
                .filter(name -> name.startsWith("block2.") || name.startsWith("head."))
                .collect(Collectors.toSet()));
  }

  @Test
  void features_that_are_kept_change_nothing() {
    Splits data = PretrainedModel.data();
    Splits anew =
        new Splits(new PretrainedModel.Anew(data.train()), data.validation(), data.test());
    TrainingState kept = fit(data).last();
    TrainingState whole = fit(anew).last();
    double largest = 0;
    for (String name : whole.checkpoint().weights().tensors().keySet()) {
      Tensor expected = whole.checkpoint().weights().tensor(name);
      Tensor actual = kept.checkpoint().weights().tensor(name);
      largest = Math.max(largest, MaxDeviation.require(name, actual, expected, TOLERANCE));
    }
    report.add("kept features", "weights", largest);
  }

  @Test
  void without_validation_data_the_same_is_learned() {
    TrainingPlan constant = PretrainedModel.PLAN.training();
    TransferPlan plan = TransferPlan.of(constant).frozenEpochs(2);
    Splits data = PretrainedModel.data();
    TrainingResult alone = fit(PretrainedModel.start(), Splits.of(data.train()), plan);
    assertThat(alone.last().checkpoint())
        .isEqualTo(fit(PretrainedModel.start(), data, plan).last().checkpoint());
    assertThat(alone.last().progress().history().get(1).metrics())
        .containsOnlyKeys("loss", "accuracy");
  }

  @Test
  void every_sample_runs_through_the_front_once_in_each_phase() {
    List<String> extracted = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void extractionBatchEnded(FeatureExtractionEvent event) {
            extracted.add(event.data() + " " + event.batch() + "/" + event.batches());
          }
        };
    fit(PretrainedModel.start(), PretrainedModel.data(), PretrainedModel.PLAN, listener);
    List<String> once =
        List.of(
            "slopes/train 1/3",
            "slopes/train 2/3",
            "slopes/train 3/3",
            "slopes/val 1/2",
            "slopes/val 2/2");
    List<String> twice = new ArrayList<>(once);
    twice.addAll(once);
    assertThat(extracted).isEqualTo(twice);
  }

  @Test
  void fine_tuning_goes_on_from_the_best_epoch_at_a_tenth_of_the_rate() {
    TrainingResult result = fit(PretrainedModel.data());
    List<EpochRecord> history = result.last().progress().history();
    assertThat(history).extracting(EpochRecord::epoch).containsExactly(1, 2, 3, 4);
    assertThat(history).extracting(EpochRecord::lr).containsExactly(0.02, 0.02, 0.002, 0.002);
    assertThat(TransferTrainer.frozenEpochs(result.last().progress())).contains(2);
    assertThat(result.last().checkpoint().step()).isEqualTo(12);
    assertThat(result.last().plan().start()).isEqualTo(6);
  }

  /** Stops within and at the end of both phases. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 6, 7, 8, 11})
  void stopped_anywhere_and_resumed_it_ends_as_if_not_stopped(int steps) {
    TrainingState whole = fit(PretrainedModel.data()).last();
    MemoryCheckpoints sink = new MemoryCheckpoints();
    AtomicInteger taken = new AtomicInteger();
    Callback counting =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            taken.incrementAndGet();
          }
        };
    TrainingResult stopped =
        transfer(counting)
            .fit(
                PretrainedModel.start(),
                PretrainedModel.data(),
                PretrainedModel.PLAN,
                PretrainedModel.OPTIONS,
                sink,
                () -> taken.get() >= steps);
    assertThat(stopped.ending()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(sink.last().checkpoint().step()).isEqualTo(steps);
    TrainingState resumed =
        transfer(Callbacks.none())
            .fit(
                sink.last(),
                PretrainedModel.data(),
                PretrainedModel.PLAN,
                PretrainedModel.OPTIONS,
                sink,
                StopSignal.NEVER)
            .last();
    assertThat(resumed.checkpoint()).isEqualTo(whole.checkpoint());
    assertThat(resumed.plan()).isEqualTo(whole.plan());
  }

  @Test
  void stopped_between_the_phases_it_keeps_the_best_and_does_not_repeat_the_first() {
    MemoryCheckpoints sink = new MemoryCheckpoints();
    List<FeatureExtractionEvent> extracted = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void extractionBatchEnded(FeatureExtractionEvent event) {
            extracted.add(event);
          }
        };
    TrainingResult stopped =
        transfer(listener)
            .fit(
                PretrainedModel.start(),
                PretrainedModel.data(),
                PretrainedModel.PLAN,
                PretrainedModel.OPTIONS,
                sink,
                () -> extracted.size() > 5);
    assertThat(stopped.ending()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(stopped.best().checkpoint()).isEqualTo(sink.best().checkpoint());
    extracted.clear();
    TrainingState resumed =
        transfer(listener)
            .fit(
                sink.last(),
                PretrainedModel.data(),
                PretrainedModel.PLAN,
                PretrainedModel.OPTIONS,
                sink,
                StopSignal.NEVER)
            .last();
    assertThat(extracted).hasSize(5);
    assertThat(resumed.checkpoint()).isEqualTo(fit(PretrainedModel.data()).last().checkpoint());
  }

  @Test
  void patience_counts_anew_in_each_phase() {
    TrainingResult result =
        transfer(Callbacks.none())
            .fit(
                PretrainedModel.start(),
                PretrainedModel.data(),
                PretrainedModel.PLAN.frozenEpochs(9).fineTune(9, new Unfreezing.From("block2")),
                PretrainedModel.OPTIONS.patience(1),
                new MemoryCheckpoints(),
                StopSignal.NEVER);
    int frozen = TransferTrainer.frozenEpochs(result.last().progress()).orElseThrow();
    assertThat(frozen).isLessThan(9);
    assertThat(result.last().progress().history()).hasSizeGreaterThan(frozen);
  }

  private static Set<String> changed(TrainingState state) {
    Weights before = PretrainedModel.start().checkpoint().weights();
    return WeightChanges.changed(before, state.checkpoint().weights());
  }

  private TrainingResult fit(Splits data) {
    return fit(PretrainedModel.start(), data, PretrainedModel.PLAN);
  }

  private TrainingResult fit(TrainingState start, Splits data, TransferPlan plan) {
    return fit(start, data, plan, Callbacks.none());
  }

  private TrainingResult fit(
      TrainingState start, Splits data, TransferPlan plan, Callback listener) {
    return transfer(listener)
        .fit(start, data, plan, PretrainedModel.OPTIONS, new MemoryCheckpoints(), StopSignal.NEVER);
  }

  private TransferTrainer transfer(Callback listener) {
    return new TransferTrainer(backend(), RunOptions.DEFAULT, listener);
  }
}
