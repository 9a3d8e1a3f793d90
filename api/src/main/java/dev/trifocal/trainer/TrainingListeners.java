package dev.trifocal.trainer;

import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one; each event reaches them in their order. */
public record TrainingListeners(List<TrainingListener> listeners) implements TrainingListener {
  public TrainingListeners {
    listeners = List.copyOf(listeners);
  }

  public static TrainingListener all(TrainingListener... listeners) {
    return new TrainingListeners(List.of(listeners));
  }

  public static TrainingListener none() {
    return all();
  }

  @Override
  public void phase(String name) {
    each(listener -> listener.phase(name));
  }

  @Override
  public void timed(BatchTiming timing) {
    each(listener -> listener.timed(timing));
  }

  @Override
  public void started(TrainingStart start) {
    each(listener -> listener.started(start));
  }

  @Override
  public void stepped(StepEvent step) {
    each(listener -> listener.stepped(step));
  }

  @Override
  public void validating(ValidationEvent validation) {
    each(listener -> listener.validating(validation));
  }

  @Override
  public void extracting(ExtractionEvent extraction) {
    each(listener -> listener.extracting(extraction));
  }

  @Override
  public void epochEnded(EpochRecord epoch) {
    each(listener -> listener.epochEnded(epoch));
  }

  private void each(Consumer<TrainingListener> event) {
    listeners.forEach(event);
  }
}
