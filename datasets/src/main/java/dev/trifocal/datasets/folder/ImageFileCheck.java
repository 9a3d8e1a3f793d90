package dev.trifocal.datasets.folder;

import dev.trifocal.error.TrifocalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Separates readable image files from unreadable ones by decoding each file, on all processors. */
record ImageFileCheck(List<LabelledFile> sound, List<UnreadableFile> broken) {
  /**
   * Checks the files.
   *
   * @param look keeps the decoded images
   */
  static ImageFileCheck of(List<LabelledFile> files, CheckedImages look) {
    List<Optional<UnreadableFile>> findings =
        files.parallelStream().map(file -> problem(file, look)).toList();
    List<LabelledFile> sound = new ArrayList<>();
    List<UnreadableFile> broken = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      LabelledFile file = files.get(i);
      findings.get(i).ifPresentOrElse(broken::add, () -> sound.add(file));
    }
    return new ImageFileCheck(sound, broken);
  }

  private static Optional<UnreadableFile> problem(LabelledFile labelled, CheckedImages look) {
    try {
      look.at(labelled.file());
      return Optional.empty();
    } catch (TrifocalException e) {
      return Optional.of(new UnreadableFile(labelled.file(), e.getMessage()));
    }
  }
}
