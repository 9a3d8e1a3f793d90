package dev.trifocal.apps.training;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.trainer.StopSignal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** Turns Ctrl-C into a request to stop after the step; a second Ctrl-C exits at once. */
final class InterruptHandler implements StopSignal, AutoCloseable {
  /** The exit code that shells use for processes ended by Ctrl-C. */
  static final int EXIT_CODE = 130;

  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final Terminal terminal;
  private final AtomicBoolean requested = new AtomicBoolean();

  private InterruptHandler(Terminal terminal) {
    this.terminal = terminal;
  }

  static InterruptHandler watch(Terminal terminal) {
    InterruptHandler result = new InterruptHandler(terminal);
    SIGNALS.forEach(signal -> Signals.register(signal, result::request));
    return result;
  }

  @Override
  public boolean requested() {
    return requested.get();
  }

  @Override
  public void close() {
    SIGNALS.forEach(Signals::registerDefault);
  }

  void request() {
    if (!requested.compareAndSet(false, true)) {
      Terminal.halt(EXIT_CODE);
    }
    terminal.remark("\nstopping after this step; press Ctrl-C again to exit immediately");
  }
}
