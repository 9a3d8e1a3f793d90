package dev.trifocal.apps.progress;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.trainer.TrainingListener;

/** Shows a training as it goes on. To be closed before anything else is printed. */
public interface ProgressView extends TrainingListener, AutoCloseable {
  static ProgressView on(Terminal terminal) {
    return terminal.audience() == Terminal.Audience.PERSON
        ? new BarProgress(terminal)
        : new LineProgress(terminal);
  }

  @Override
  void close();
}
