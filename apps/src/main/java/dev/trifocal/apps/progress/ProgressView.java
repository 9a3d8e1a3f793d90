package dev.trifocal.apps.progress;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.trainer.Callback;

/** Shows the progress of a training run; must be closed before anything else is printed. */
public interface ProgressView extends Callback, AutoCloseable {
  static ProgressView on(Terminal terminal) {
    if (terminal.verbosity() == Terminal.Verbosity.QUIET) {
      return () -> {};
    }
    return terminal.audience() == Terminal.Audience.PERSON
        ? new ProgressBarView(terminal)
        : new ProgressLogView(terminal);
  }

  @Override
  void close();
}
