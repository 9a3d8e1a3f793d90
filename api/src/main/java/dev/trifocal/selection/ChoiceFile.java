package dev.trifocal.selection;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.StrictJson;
import dev.trifocal.file.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file that remembers choices. It is a cache: content that cannot be read is ignored and
 * replaced, and a folder that cannot be written to is no error.
 */
record ChoiceFile(Path path) {
  private static final int FORMAT = 1;

  /** The number of choices to keep; the oldest are dropped. */
  private static final int MOST = 200;

  /** The content of the file, oldest choice first. */
  record Content(int format, List<Entry> choices) {}

  /** A choice. */
  record Entry(ChoiceKey key, List<Measurement> measurements, List<SkippedBackend> skipped) {}

  Optional<Entry> find(ChoiceKey key) {
    return read().stream()
        .filter(entry -> entry.key().equals(key) && !entry.measurements().isEmpty())
        .findFirst();
  }

  void remember(Entry entry) {
    List<Entry> all = new ArrayList<>(read());
    all.removeIf(other -> other.key().equals(entry.key()));
    all.add(entry);
    List<Entry> kept = all.subList(Math.max(0, all.size() - MOST), all.size());
    try {
      AtomicFile.write(path, json().write(new Content(FORMAT, kept)));
    } catch (TrifocalException e) {
      // Read-only or full: the next run measures again.
      return;
    }
  }

  private List<Entry> read() {
    if (!Files.isRegularFile(path)) {
      return List.of();
    }
    try {
      String text = TextFile.read(path, "remembered backends");
      return json().read(text, path.toString(), FORMAT, Content.class).choices();
    } catch (TrifocalException e) {
      return List.of();
    }
  }

  private static StrictJson json() {
    return StrictJson.of(List.of());
  }
}
