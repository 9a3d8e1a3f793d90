package dev.trifocal.apps.onnx.node;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ONNX's own tests of its operators, as far as they can become graphs. */
class OnnxNodeTest {
  @Test
  void all() {
    List<Backend> backends =
        FoundBackends.all().stream().filter(b -> b.name().equals("onnx")).toList();
    for (NodeCase one : NodeCase.all()) {
      Verdict v = new NodeRun(one, backends).verdict();
      System.err.println(one.name());
      System.out.println(
          one.operator()
              + "\t"
              + one.name()
              + "\t"
              + v.outcome()
              + "\t"
              + v.reason().replace("\n", " "));
    }
  }
}
