package dev.trifocal.trainer;

import dev.trifocal.error.CallbackException;
import dev.trifocal.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A sequence of callbacks that receive each event in order. Exceptions are wrapped in a {@link
 * CallbackException} that names the callback.
 */
public record Callbacks(List<Callback> callbacks) implements Callback {
  /** Flattens nested callbacks. */
  public Callbacks {
    callbacks = callbacks.stream().flatMap(Callbacks::flat).toList();
  }

  public static Callbacks of(Callback... callbacks) {
    return new Callbacks(List.of(callbacks));
  }

  public static Callbacks of(Collection<Callback> callbacks) {
    return new Callbacks(List.copyOf(callbacks));
  }

  public static Callbacks none() {
    return of();
  }

  @Override
  public void phaseStarted(String phase) {
    each(callback -> callback.phaseStarted(phase));
  }

  @Override
  public void trainingStarted(TrainingStart start) {
    each(callback -> callback.trainingStarted(start));
  }

  @Override
  public void epochStarted(int epoch, TrainingControl control) {
    each(callback -> callback.epochStarted(epoch, control));
  }

  @Override
  public void batchTimed(BatchTiming timing) {
    each(callback -> callback.batchTimed(timing));
  }

  @Override
  public boolean wantsGradients(int epoch) {
    return !wanting(epoch).callbacks.isEmpty();
  }

  @Override
  public void gradientsComputed(GradientEvent gradients) {
    wanting(gradients.epoch()).each(callback -> callback.gradientsComputed(gradients));
  }

  private Callbacks wanting(int epoch) {
    List<Callback> result = new ArrayList<>();
    each(
        callback -> {
          if (callback.wantsGradients(epoch)) {
            result.add(callback);
          }
        });
    return new Callbacks(result);
  }

  @Override
  public void stepEnded(StepEvent step, TrainingControl control) {
    each(callback -> callback.stepEnded(step, control));
  }

  @Override
  public void validationBatchEnded(ValidationEvent validation) {
    each(callback -> callback.validationBatchEnded(validation));
  }

  @Override
  public void extractionBatchEnded(FeatureExtractionEvent extraction) {
    each(callback -> callback.extractionBatchEnded(extraction));
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    each(callback -> callback.epochEnded(epoch, control));
  }

  @Override
  public void trainingEnded(StopReason stopReason) {
    each(callback -> callback.trainingEnded(stopReason));
  }

  /** Returns earlier states, updated with the current states of the callbacks by name. */
  Map<String, Map<String, Double>> states(Map<String, Map<String, Double>> before) {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>(before);
    each(
        callback -> {
          Map<String, Double> state = callback.state();
          if (!state.isEmpty()) {
            all.put(callback.name(), state);
          }
        });
    return all;
  }

  /**
   * Restores the saved state of each callback by name.
   *
   * @throws ConfigurationException if two callbacks with a state have the same name
   */
  void restore(CallbackState saved) {
    Set<String> names = new HashSet<>();
    for (Callback callback : callbacks) {
      if (!names.add(callback.name()) && keepsState(callback.name())) {
        throw new ConfigurationException(
            "two callbacks with a state are named %s; override name() in one of them"
                .formatted(callback.name()));
      }
    }
    each(callback -> callback.restore(saved.states().getOrDefault(callback.name(), Map.of())));
  }

  private void each(Consumer<Callback> event) {
    for (Callback callback : callbacks) {
      try {
        event.accept(callback);
      } catch (CallbackException e) {
        throw e;
      } catch (RuntimeException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        throw new CallbackException(
            "the callback %s failed: %s".formatted(callback.name(), said), e);
      }
    }
  }

  private boolean keepsState(String name) {
    return callbacks.stream()
        .anyMatch(callback -> callback.name().equals(name) && !callback.state().isEmpty());
  }

  private static Stream<Callback> flat(Callback callback) {
    return callback instanceof Callbacks several ? several.callbacks.stream() : Stream.of(callback);
  }
}
