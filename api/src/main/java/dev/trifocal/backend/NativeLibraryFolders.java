package dev.trifocal.backend;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.TrifocalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folders into which an engine unpacks its native libraries. Where one is full or mounted
 * without execution, what the JVM says of it leads astray.
 *
 * @param backend for messages
 * @param folders as the engine chooses them
 * @param cure how to choose others
 */
public record NativeLibraryFolders(String backend, List<Path> folders, String cure) {
  /** More than any engine unpacks into a folder of temporary files. */
  private static final long NEEDED_BYTES = 64L << 20;

  private static final Path MOUNTS = Path.of("/proc/mounts");

  public NativeLibraryFolders {
    folders = List.copyOf(folders);
  }

  /**
   * What {@code start} gives.
   *
   * @throws ConfigurationException naming the folder and the cure, if it fails and one of the
   *     folders is the cause
   */
  public <T> T loading(Supplier<T> start) {
    try {
      return start.get();
    } catch (LinkageError | RuntimeException e) {
      boolean told = e instanceof TrifocalException && !(e.getCause() instanceof LinkageError);
      Optional<String> problem = told ? Optional.empty() : problem();
      if (problem.isPresent()) {
        throw new ConfigurationException(problem.get(), e);
      }
      throw e;
    }
  }

  /** What is wrong with a folder, and what to do; empty if nothing is. */
  public Optional<String> problem() {
    return folders.stream()
        .flatMap(folder -> fault(folder).stream())
        .findFirst()
        .map(
            fault ->
                "backend %s unpacks its native libraries into a folder and loads them from there, but %s; %s"
                    .formatted(backend, fault, cure));
  }

  private static Optional<String> fault(Path folder) {
    Path place = existing(folder);
    if (!Files.isWritable(place)) {
      return Optional.of("%s cannot be written".formatted(folder));
    }
    if (isMountedWithoutExecution(place)) {
      return Optional.of("%s is mounted without execution (noexec)".formatted(folder));
    }
    try {
      long free = Files.getFileStore(place).getUsableSpace();
      return free < NEEDED_BYTES
          ? Optional.of("%s is full: %s MiB are left".formatted(folder, free >> 20))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The folder, or the first above it that is there. */
  private static Path existing(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    while (Files.notExists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  /** As Linux lists its mounts: device, folder, type, options. */
  private static boolean isMountedWithoutExecution(Path place) {
    List<String[]> around = new ArrayList<>();
    try {
      Path real = place.toRealPath();
      for (String line : Files.readString(MOUNTS, StandardCharsets.UTF_8).split("\n")) {
        String[] words = line.split(" ");
        if (words.length > 3 && real.startsWith(Path.of(words[1].replace("\\040", " ")))) {
          around.add(words);
        }
      }
    } catch (IOException e) {
      return false;
    }
    // Of mounts on the same folder the last one counts.
    return around.stream()
        .max(Comparator.comparing(words -> words[1].length()))
        .map(innermost -> List.of(last(around, innermost[1])[3].split(",")).contains("noexec"))
        .orElse(false);
  }

  private static String[] last(List<String[]> mounts, String folder) {
    return mounts.stream()
        .filter(words -> words[1].equals(folder))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
