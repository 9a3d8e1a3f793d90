package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags of every command that reads data sets. */
@OptionSection("Data")
public final class DataFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "A name that 'trifocal datasets' lists, a folder with a folder of pictures for each class,"
              + " or a folder with x.npy and y.npy."
              + " Default: digits; of a run directory, its own.")
  private void data(String value) {
    values.put("data", value);
  }

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the files of the data set are. Default: they are downloaded.")
  private void dataDir(String value) {
    values.put("data-dir", value);
  }

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Where downloads are kept. Default: the user's cache folder.")
  private void cacheDir(String value) {
    values.put("cache-dir", value);
  }

  @Option(
      names = "--loader-threads",
      paramLabel = "N",
      description = "Threads that read samples ahead of the engine. Default: 1.")
  private void loaderThreads(String value) {
    values.put("loader-threads", value);
  }

  Map<String, String> values() {
    return values;
  }
}
