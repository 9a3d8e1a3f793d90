package dev.trifocal.apps.data;

import dev.trifocal.apps.progress.TerminalLine;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.download.DownloadListener;
import java.time.Duration;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress of downloads: a bar on a terminal, a line per file in logs. */
public final class DownloadProgress implements DownloadListener, AutoCloseable {
  private static final long KIB = 1024;

  private final Terminal terminal;
  private ProgressBar bar;

  public DownloadProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void started(String file, long present, OptionalLong total) {
    if (terminal.audience() == Terminal.Audience.FILE) {
      terminal.remark("downloading " + file);
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(file)
            .setUnit(" KiB", KIB)
            .setInitialMax(total.orElse(-1))
            .startsFrom(present, Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(TerminalLine.on(terminal.err()))
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void received(String file, long received, OptionalLong total) {
    if (bar != null) {
      bar.stepTo(received);
    }
  }

  @Override
  public void finished(String file) {
    close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
