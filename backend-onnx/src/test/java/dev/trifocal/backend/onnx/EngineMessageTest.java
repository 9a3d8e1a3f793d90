package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineMessageTest {
  @Test
  void nothing_but_the_words_remains_of_a_failed_check() {
    assertThat(
            plain(
                "Error code - ORT_FAIL - message: Non-zero status code returned while running Reshape node. Name:'flat' Status Message: /onnxruntime_src/onnxruntime/core/providers/cpu/tensor/reshape_helper.h:91 onnxruntime::ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&, onnxruntime::TensorShapeVector&, bool) input_shape_size == requested_shape_size was false. The input tensor cannot be reshaped to the requested shape. Input shape:{2,3}, requested shape:{4,8}\n"))
        .isEqualTo(
            "node 'flat' (Reshape): The input tensor cannot be reshaped to the requested shape. Input shape:{2,3}, requested shape:{4,8}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onnxruntime::Model::Model(onnx::ModelProto&&, const onnxruntime::logging::Logger&)",
        "virtual onnxruntime::Status onnxruntime::Gemm<T>::Compute(onnxruntime::OpKernelContext*) const [with T = float]",
        "void f(std::function<void(int)>, std::pair<int, int>)",
        "onnxruntime::f(int)::<lambda(const std::string&)> const",
        "T onnxruntime::Functor::operator()(int) const",
        "onnxruntime::Status onnxruntime::f(int)",
        "onnxruntime::Model::Model"
      })
  void a_source_file_and_a_signature_are_left_out(String signature) {
    String message = "/src/core/graph/model.cc:192 %s no (such) input".formatted(signature);
    assertThat(plain("Fatal error: " + message)).isEqualTo("no (such) input");
    assertThat(plain("a: " + message + "\n" + message))
        .isEqualTo("a: no (such) input\nno (such) input");
  }

  @Test
  void other_messages_stay_as_they_are() {
    for (String message :
        new String[] {
          "No Op registered for mine.Relu with domain_version of 1", "see a.h: 3 (b)"
        }) {
      assertThat(plain(message)).isEqualTo(message);
    }
  }

  private static String plain(String raw) {
    return new EngineMessage(raw).plain();
  }
}
