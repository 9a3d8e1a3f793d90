package dev.trifocal.apps.data;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.UnreadableFile;
import dev.trifocal.datasets.inspect.DuplicateImages;
import dev.trifocal.datasets.inspect.FolderInspection;
import dev.trifocal.datasets.inspect.ImageFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The findings about an image folder, as text and for JSON.
 *
 * @param name the folder as the user named it
 */
public record InspectionReport(FolderInspection inspection, String name) {
  /** Formats the findings as tables and lists. */
  public String text() {
    ImageFolder folder = inspection.folder();
    List<String> blocks = new ArrayList<>();
    blocks.add(
        "%s: %s images, %d classes"
            .formatted(
                name, NumberText.count(inspection.images().size()), folder.classes().size()));
    blocks.add(counts().toString());
    blocks.add(sizes().toString());
    blocks.add(
        "formats: "
            + inspection.formats().entrySet().stream()
                .map(entry -> entry.getKey() + " " + NumberText.count(entry.getValue()))
                .collect(Collectors.joining(", ")));
    FileList.of("unreadable", folder.broken().stream().map(UnreadableFile::reason).toList())
        .ifPresent(blocks::add);
    FileList.of("ignored", folder.ignored().stream().map(Object::toString).toList())
        .ifPresent(blocks::add);
    FileList.of("duplicates", twins(true)).ifPresent(blocks::add);
    FileList.of("near-duplicates across splits", twins(false)).ifPresent(blocks::add);
    return String.join("\n\n", blocks);
  }

  /** Returns the findings as a map for JSON. */
  public Map<String, Object> asMap() {
    ImageFolder folder = inspection.folder();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("folder", name);
    result.put("classes", folder.classes());
    Map<String, Object> parts = new LinkedHashMap<>();
    folder.parts().keySet().forEach(part -> parts.put(part, inspection.counts(part)));
    result.put("pictures", parts);
    result.put("sizes", inspection.sizes().stream().map(InspectionReport::size).toList());
    result.put("formats", inspection.formats());
    result.put("broken", folder.broken().stream().map(UnreadableFile::reason).toList());
    result.put("ignored", folder.ignored().stream().map(Object::toString).toList());
    result.put("twins", inspection.twins().stream().map(InspectionReport::described).toList());
    return result;
  }

  private TextTable counts() {
    ImageFolder folder = inspection.folder();
    TextTable table = new TextTable().text("class");
    List<String> parts = List.copyOf(folder.parts().keySet());
    parts.forEach(table::number);
    List<Map<String, Long>> counts = parts.stream().map(inspection::counts).toList();
    for (String each : folder.classes()) {
      Object[] cells = new Object[parts.size() + 1];
      cells[0] = each;
      for (int i = 0; i < parts.size(); i++) {
        cells[i + 1] = counts.get(i).get(each);
      }
      table.row(cells);
    }
    Object[] sums = new Object[parts.size() + 1];
    sums[0] = "all";
    for (int i = 0; i < parts.size(); i++) {
      sums[i + 1] = folder.parts().get(parts.get(i)).size();
    }
    return table.row(sums);
  }

  private TextTable sizes() {
    TextTable table = new TextTable().text("size").number("height").number("width").text("file");
    List<ImageFacts> sizes = inspection.sizes();
    List<String> names = List.of("smallest", "median", "largest");
    for (int i = 0; i < names.size(); i++) {
      ImageFacts one = sizes.get(i);
      table.row(names.get(i), one.height(), one.width(), one.file().getFileName());
    }
    return table;
  }

  private List<String> twins(boolean sameBytes) {
    return inspection.twins().stream()
        .filter(twins -> twins.sameBytes() == sameBytes)
        .map(twins -> twins.one().file() + " and " + twins.other().file())
        .toList();
  }

  private static List<Integer> size(ImageFacts facts) {
    return List.of(facts.height(), facts.width());
  }

  private static Map<String, Object> described(DuplicateImages twins) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("files", List.of(twins.one().file().toString(), twins.other().file().toString()));
    result.put("parts", List.of(twins.one().part(), twins.other().part()));
    result.put("distance", twins.distance());
    result.put("same_bytes", twins.sameBytes());
    return result;
  }
}
