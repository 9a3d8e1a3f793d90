package dev.trifocal.apps.advice;

import dev.trifocal.error.TrifocalException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command of Trifocal in a process of its own, with the Java, options and libraries of this
 * one.
 *
 * @param main name of the class with the main method
 * @param folder working directory
 */
public record OwnProcess(String main, Path folder) {
  /**
   * Returns what the command prints to standard output; its messages go where those of this process
   * go.
   *
   * @throws TrifocalException if it fails
   */
  String output(List<String> arguments) {
    try {
      Process process =
          new ProcessBuilder(command(arguments))
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new TrifocalException("exited with " + code);
      }
      return text;
    } catch (IOException e) {
      throw new TrifocalException("did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrifocalException("was interrupted", e);
    }
  }

  private List<String> command(List<String> arguments) {
    List<String> result = new ArrayList<>();
    result.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    result.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    result.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    result.addAll(arguments);
    return result;
  }
}
