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
   * Reads the recorded steps; returns none if the file does not exist. An incomplete last line,
   * left by a killed process, is skipped.
   *
   * @throws FileException if the file cannot be read, or another line is invalid
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
            throw new FileException(
                "%s: line %d is not a valid step record".formatted(file, i + 1), e);
          }
        }
      }
      return steps;
    } catch (IOException e) {
      throw new FileException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Removes the steps after {@code last}, which a resumed run repeats. */
  public void keepUpTo(long last) {
    String kept =
        read().stream()
            .filter(step -> step.step() <= last)
            .map(StepFile::line)
            .collect(Collectors.joining());
    AtomicFile.write(file, kept);
  }

  /**
   * Appends a step.
   *
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
      throw new IllegalStateException("a step record can always be written as JSON", e);
    }
  }
}
