package dev.trifocal.apps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A run of the program in a JVM of its own.
 *
 * @param out standard output
 * @param err standard error
 */
public record ProcessRun(int exitCode, String out, String err) {
  /**
   * Runs a bash script in a folder, in a UTF-8 locale.
   *
   * @param script starts the program with {@code "$@"}, followed by its arguments
   */
  public static ProcessRun in(Path folder, String script) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder program =
        new ProcessBuilder(
                List.of(
                    "bash",
                    "-c",
                    script,
                    "bash",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Duser.home=" + folder,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    program.environment().put("LC_ALL", "C.UTF-8");
    int code = program.start().waitFor();
    return new ProcessRun(code, Files.readString(out), Files.readString(err));
  }
}
