package dev.trifocal.apps.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMemoryTest {
  private static final String LINUX = "only Linux tells what belongs to whom";

  /** Far more than the process takes between two looks by itself. */
  private static final int LARGE = 256 << 20;

  private static final int PAGE = 4096;

  @Test
  void theResidentMemoryIsPartOfThatOfTheSystem() {
    assertThat(ProcessMemory.resident()).isPositive().isLessThan(total());
  }

  @Test
  void someMemoryIsFree() {
    assertThat(ProcessMemory.free()).isPositive().isLessThan(total());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX)
  void memoryThatIsWrittenToIsResidentAndNotReclaimable() {
    ByteBuffer taken = ByteBuffer.allocateDirect(LARGE);
    for (int i = 0; i < LARGE; i += PAGE) {
      taken.put(i, (byte) 1);
    }
    // Not the growth: the process may have memory of this size left over from other tests.
    assertThat(ProcessMemory.resident()).isGreaterThan(LARGE);
    assertThat(ProcessMemory.unreclaimable()).isGreaterThan(LARGE);
    assertThat(taken.get(PAGE)).isEqualTo((byte) 1);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX)
  void partsOfFilesAreReclaimable() {
    // The Java virtual machine itself is a file.
    assertThat(ProcessMemory.unreclaimable()).isPositive().isLessThan(ProcessMemory.resident());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = LINUX)
  void thereIsALimitOnlyInAContainerThatAllowsLessThanTheSystemHas() throws IOException {
    long machine =
        Files.readAllLines(Path.of("/proc/meminfo")).stream()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
            .findFirst()
            .orElseThrow();
    assumeThat(total()).as("this process is in a container with a limit").isEqualTo(machine);
    assertThat(ProcessMemory.containerLimit()).isEmpty();
  }

  private static long total() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
