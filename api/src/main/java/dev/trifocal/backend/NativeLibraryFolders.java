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
 * The folders to which an engine unpacks its native libraries. If one is full or mounted with
 * {@code noexec}, the JVM's own message is misleading.
 *
 * @param backend name of the backend, for messages
 * @param folders folders that the engine uses
 * @param cure how to choose other folders, for messages
 */
public record NativeLibraryFolders(String backend, List<Path> folders, String cure) {
  /** More than any engine unpacks to a temporary folder. */
  private static final long NEEDED_BYTES = 64L << 20;

  private static final Path MOUNTS = Path.of("/proc/mounts");

  public NativeLibraryFolders {
    folders = List.copyOf(folders);
  }

  /**
   * Runs code that loads native libraries and returns its result.
   *
   * @throws ConfigurationException if it fails because of one of the folders; the message names the
   *     folder and the cure
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

  /** Returns the problem with a folder and its cure; empty if there is none. */
  public Optional<String> problem() {
    return folders.stream()
        .flatMap(folder -> fault(folder).stream())
        .findFirst()
        .map(
            fault ->
                "backend %s cannot unpack and load its native libraries: %s; %s"
                    .formatted(backend, fault, cure));
  }

  private static Optional<String> fault(Path folder) {
    Path place = existing(folder);
    if (!Files.isWritable(place)) {
      return Optional.of("%s is not writable".formatted(folder));
    }
    if (isMountedWithoutExecution(place)) {
      return Optional.of("%s is mounted noexec".formatted(folder));
    }
    try {
      long free = Files.getFileStore(place).getUsableSpace();
      return free < NEEDED_BYTES
          ? Optional.of("%s is full (%s MiB left)".formatted(folder, free >> 20))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the folder, or its nearest existing parent. */
  private static Path existing(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    while (Files.notExists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  /** Reads the mounts of Linux: device, folder, type, options. */
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
    // Of several mounts on a folder, the last one is in effect.
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
