package dev.trifocal.apps.onnx.node;

import dev.trifocal.apps.onnx.node.Verdict.Outcome;

/** Why a node test is no graph. */
interface Reasons {
  static Verdict of(String message) {
    return new Verdict(Outcome.REFUSED, message);
  }
}
