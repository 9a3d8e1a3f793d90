package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  @Test
  void words_name_devices() {
    assertThat(Device.parse("cpu")).isEqualTo(Device.CPU);
    assertThat(Device.parse("gpu")).isEqualTo(new Device(Device.Kind.GPU, 0));
    assertThat(Device.parse("gpu:1")).isEqualTo(new Device(Device.Kind.GPU, 1));
    assertThat(Device.parse("gpu:12")).isEqualTo(new Device(Device.Kind.GPU, 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu:0", "gpu:3"})
  void a_device_is_written_as_it_is_read(String text) {
    assertThat(Device.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "CPU", "cpu:0", "cuda", "gpu:", "gpu:-1", "gpu:x", " gpu", "gpu:99999999999"})
  void another_word_is_refused_with_those_that_there_are(String text) {
    assertThatThrownBy(() -> Device.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("'" + text + "' is not a device; use cpu, gpu or gpu:1");
  }
}
