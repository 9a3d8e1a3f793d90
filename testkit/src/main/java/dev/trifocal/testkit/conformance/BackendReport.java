package dev.trifocal.testkit.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The results of one backend, in {@code target/conformance/<backend>.json} of its module.
 *
 * @param backend the name of the backend, or {@code engines} for comparisons between engines
 * @param topics the results by contract
 */
public record BackendReport(String backend, Map<ContractTopic, ContractResults> topics) {
  private static final String ENDING = ".json";

  public BackendReport {
    topics = Map.copyOf(topics);
  }

  /**
   * Adds results to a backend's report; other topics in it are kept, unless an older kit wrote them
   * in another format.
   */
  public static void add(
      Path folder, String backend, ContractTopic topic, ContractResults findings) {
    Path file = folder.resolve(backend + ENDING);
    Map<ContractTopic, ContractResults> topics = new EnumMap<>(ContractTopic.class);
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      Files.createDirectories(folder);
      topics.putAll(Files.exists(file) ? earlier(file) : Map.of());
      topics.put(topic, findings);
      mapper.writeValue(file.toFile(), topics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<ContractTopic, ContractResults> earlier(Path file) throws IOException {
    try {
      return topics(file);
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }

  static BackendReport read(Path file) {
    String name = file.getFileName().toString();
    try {
      return new BackendReport(name.substring(0, name.length() - ENDING.length()), topics(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<ContractTopic, ContractResults> topics(Path file) throws IOException {
    return new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
  }
}
