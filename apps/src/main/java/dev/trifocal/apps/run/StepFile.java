package dev.trifocal.apps.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The file {@code steps.jsonl} of a run: one JSON object per training step. */
public final class StepFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectReader RECORD = JSON.readerFor(StepRecord.class);

  private final Path file;

  private StepFile(Path file) {
    this.file = file;
  }

  public static StepFile of(TrainingRun run) {
    return new StepFile(run.folder().resolve("steps.jsonl"));
  }

  /**
   * The steps so far; none if there is no file. A last line that a kill cut off is left out.
   *
   * @throws FileException if the file cannot be read, or another line is no step
   */
  public List<StepRecord> read() {
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      List<StepRecord> steps = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        try {
          steps.add(RECORD.readValue(lines.get(i)));
        } catch (JsonProcessingException e) {
          if (i < lines.size() - 1) {
            throw new FileException("%s: line %d is no step".formatted(file, i + 1), e);
          }
        }
      }
      return steps;
    } catch (IOException e) {
      throw new FileException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Takes away the steps after {@code last}, which a resumed training takes anew. */
  public void keepUpTo(long last) {
    String kept =
        read().stream()
            .filter(step -> step.step() <= last)
            .map(StepFile::line)
            .collect(Collectors.joining());
    AtomicFile.write(file, kept);
  }

  /**
   * @throws FileException if the file cannot be written
   */
  public void add(StepRecord step) {
    try {
      Files.writeString(file, line(step), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new FileException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static String line(StepRecord step) {
    try {
      return JSON.writeValueAsString(step) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a step is always JSON", e);
    }
  }
}
