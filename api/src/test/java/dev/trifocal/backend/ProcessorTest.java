package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void model_and_features_are_those_of_the_first_core() {
    Processor processor =
        Processor.of(
            List.of(
                "processor\t: 0",
                "model name\t: AMD EPYC 9004",
                "flags\t\t: fpu avx512f avx512_bf16  fsrm",
                "processor\t: 1",
                "model name\t: another",
                "flags\t\t: fpu"),
            "amd64");
    assertThat(processor.model()).isEqualTo("AMD EPYC 9004");
    assertThat(processor.features())
        .containsExactlyInAnyOrder("fpu", "avx512f", "avx512_bf16", "fsrm");
    assertThat(processor.hasAny("amx_bf16", "avx512_bf16")).isTrue();
    assertThat(processor.hasAny("amx_bf16", "avx512")).isFalse();
  }

  @Test
  void a_system_that_does_not_tell_leaves_the_architecture() {
    Processor processor = Processor.of(List.of("processor : 0", "flags :"), "riscv64");
    assertThat(processor.model()).isEqualTo("riscv64");
    assertThat(processor.features()).isEmpty();
  }
}
