package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists folders whose images have any number of labels. {@code labels.csv} names them, either in
 * the folder itself or in its {@code train}, {@code val} and {@code test}; without it, an image has
 * the names of all folders between the split and its file: {@code train/beach/sunset/1.jpg}.
 */
final class MultiLabelFolder {
  static final String TABLE = "labels.csv";

  private MultiLabelFolder() {}

  /** The images of one split with their labels, and what could not be used. */
  private record Part(
      Map<Path, Set<String>> labels,
      Set<String> classes,
      Optional<String> labelOfSeveral,
      List<UnreadableFile> missing,
      List<Path> unlisted,
      List<Path> ignored) {}

  static LabelledFolder list(Path folder) {
    FolderLayout.requireFolder(folder);
    Path table = folder.resolve(TABLE);
    return Files.exists(table) ? ofTable(folder, table) : ofLayout(FolderLayout.multiLabel(folder));
  }

  private static LabelledFolder ofLayout(FolderLayout layout) {
    Map<Path, Part> parts = new LinkedHashMap<>();
    Stream.of(layout.train(), layout.validation(), layout.test())
        .flatMap(Optional::stream)
        .forEach(home -> parts.put(home, part(home)));
    List<String> classes = classes(layout.train().orElse(Path.of("")), parts.values());
    List<String> notes = new ArrayList<>(layout.notes());
    parts.forEach((home, part) -> notes.addAll(notes(home.resolve(TABLE), part)));
    return new LabelledFolder(
        new FolderLayout(layout.train(), layout.validation(), layout.test(), notes),
        classes,
        new LabelledFileSplits(
            layout.train().map(home -> files(parts.get(home), classes)).orElseGet(List::of),
            layout.validation().map(home -> files(parts.get(home), classes)),
            layout.test().map(home -> files(parts.get(home), classes))),
        parts.values().stream().flatMap(part -> part.missing().stream()).toList(),
        parts.values().stream().flatMap(part -> part.ignored().stream()).toList());
  }

  /** Splits the images of one table by its column {@code split}, or by the folders they are in. */
  private static LabelledFolder ofTable(Path folder, Path table) {
    LabelTable rows = LabelTable.read(table);
    Part part = listed(folder, table, rows);
    List<String> classes = classes(folder, List.of(part));
    Map<Path, String> splits = new LinkedHashMap<>();
    ImageNames names = ImageNames.below(folder);
    rows.rows()
        .forEach(
            (name, row) ->
                names
                    .find(name)
                    .ifPresent(file -> splits.put(file, split(folder, table, name, row, file))));
    Map<String, List<LabelledFile>> files =
        files(part, classes).stream()
            .collect(Collectors.groupingBy(file -> splits.get(file.file())));
    FolderLayout layout =
        new FolderLayout(
            Optional.of(folder).filter(home -> files.containsKey(SplitName.TRAIN.name())),
            Optional.of(folder).filter(home -> files.containsKey(SplitName.VALIDATION.name())),
            Optional.of(folder).filter(home -> files.containsKey(SplitName.TEST.name())),
            notes(table, part));
    return new LabelledFolder(
        layout,
        classes,
        new LabelledFileSplits(
            files.getOrDefault(SplitName.TRAIN.name(), List.of()),
            Optional.ofNullable(files.get(SplitName.VALIDATION.name())),
            Optional.ofNullable(files.get(SplitName.TEST.name()))),
        part.missing(),
        part.ignored());
  }

  /** Returns the name of the split of an image; training if neither column nor folder tells. */
  private static String split(Path folder, Path table, String name, LabelTable.Row row, Path file) {
    if (row.split().isPresent()) {
      return SplitName.named(row.split().get())
          .orElseThrow(
              () ->
                  new DataException(
                      "%s: the split of %s is '%s'; expected train, val or test"
                          .formatted(table, name, row.split().get())))
          .name();
    }
    Path below = folder.relativize(file);
    return Optional.of(below)
        .filter(path -> path.getNameCount() > 1)
        .flatMap(path -> SplitName.named(path.getName(0).toString().toLowerCase(Locale.ROOT)))
        .orElse(SplitName.TRAIN)
        .name();
  }

  private static Part part(Path home) {
    Path table = home.resolve(TABLE);
    return Files.exists(table) ? listed(home, table, LabelTable.read(table)) : nested(home);
  }

  private static Part listed(Path home, Path table, LabelTable rows) {
    ImageNames names = ImageNames.below(home);
    Map<Path, Set<String>> labels = new LinkedHashMap<>();
    List<UnreadableFile> missing = new ArrayList<>();
    rows.rows()
        .forEach(
            (name, row) ->
                names
                    .find(name)
                    .ifPresentOrElse(
                        file -> labels.put(file, row.labels()),
                        () ->
                            missing.add(
                                new UnreadableFile(
                                    home.resolve(name),
                                    "%s, named in %s, %s"
                                        .formatted(
                                            home.resolve(name), table, names.problem(name))))));
    List<Path> unlisted =
        names.walk().images().stream().filter(file -> !labels.containsKey(file)).toList();
    List<Path> ignored =
        names.walk().ignored().stream().filter(file -> !file.equals(table)).toList();
    return new Part(
        labels, Set.copyOf(rows.labels()), rows.labelOfSeveral(), missing, unlisted, ignored);
  }

  private static Part nested(Path home) {
    ImageFiles walk = ImageFiles.below(home);
    Map<Path, Set<String>> labels = new LinkedHashMap<>();
    Set<String> classes = new TreeSet<>();
    for (Path file : walk.images()) {
      Set<String> own = new TreeSet<>();
      Path folders = home.relativize(file).getParent();
      if (folders != null) {
        folders.forEach(name -> own.add(ClassFolders.className(name)));
      }
      labels.put(file, own);
      classes.addAll(own);
    }
    return new Part(labels, classes, Optional.empty(), List.of(), List.of(), walk.ignored());
  }

  private static List<String> classes(Path folder, Iterable<Part> parts) {
    Set<String> classes = new TreeSet<>();
    parts.forEach(part -> classes.addAll(part.classes()));
    if (classes.size() < 2) {
      throw new DataException(
          "%s has %s; multi-label training needs at least two: name them in %s (file,labels), or put the images into folders named after their labels"
              .formatted(
                  folder,
                  classes.isEmpty() ? "no labels" : "only one label, " + String.join("", classes),
                  folder.resolve(TABLE)));
    }
    return List.copyOf(classes);
  }

  private static List<LabelledFile> files(Part part, List<String> classes) {
    return part.labels().entrySet().stream()
        .map(
            entry ->
                new LabelledFile(
                    entry.getKey(), entry.getValue().stream().map(classes::indexOf).toList()))
        .sorted(LabelledFileSplits.ORDER)
        .toList();
  }

  private static List<String> notes(Path table, Part part) {
    return Stream.of(severalInOne(table, part), unlisted(table, part))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> severalInOne(Path table, Part part) {
    return part.labelOfSeveral()
        .map(
            label ->
                "note: %s: '%s' is one label; if it is several, separate them with |"
                    .formatted(table, label));
  }

  private static Optional<String> unlisted(Path table, Part part) {
    List<Path> files = part.unlisted();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "note: %d images are not in %s and are skipped: %s"
            .formatted(files.size(), table, AbbreviatedList.of(files)));
  }
}
